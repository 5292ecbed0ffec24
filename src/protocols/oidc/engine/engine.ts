/** The OpenID Connect engine, for every request that is not plain: a certified library, made anew when the signing keys change. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type Provider from "oidc-provider";
import { bind } from "#platform/bind";
import type { SigningKeys } from "#platform/secrets";
import type { EngineNeeds } from "./configuration.ts";
import { createProvider } from "./provider.ts";

export type Interaction = InstanceType<Provider["Interaction"]>;

export interface Engine {
  /** Wants node's own request, with its body unread. */
  answer(req: IncomingMessage, res: ServerResponse): void;
  /** A request that waits for a person's answer; undefined when it is over. */
  findInteraction(uid: string): Promise<Interaction | undefined>;
  /** Whether we gave that ID token to that portal, however long ago. */
  gave(idToken: string, portalId: string): Promise<boolean>;
  /** Takes up signing keys that changed. */
  takeUpKeys(): Promise<void>;
}

interface Needs extends EngineNeeds {
  readonly signingKeys: SigningKeys;
}

interface Current {
  readonly provider: Provider;
  readonly callback: ReturnType<Provider["callback"]>;
  readonly keyIds: string;
}

interface Running {
  readonly needs: Needs;
  current: Current;
}

export async function openEngine(needs: Needs): Promise<Engine> {
  const running: Running = { needs, current: await build(needs) };
  return bind(running, { answer, findInteraction, gave, takeUpKeys });
}

/** The engine's keys are fixed when it is made, so other keys mean another engine; it holds no state. */
async function build(needs: Needs): Promise<Current> {
  const keys = await needs.signingKeys.list("id-token");
  const provider = createProvider(needs, keys);
  return { provider, callback: provider.callback(), keyIds: keys.map(({ id }) => id).join() };
}

async function takeUpKeys(running: Running): Promise<void> {
  const keys = await running.needs.signingKeys.list("id-token");
  const keyIds = keys.map(({ id }) => id).join();
  if (keyIds !== running.current.keyIds) running.current = await build(running.needs);
}

function answer({ needs, current }: Running, req: IncomingMessage, res: ServerResponse): void {
  const { protocol, host } = new URL(needs.issuer);
  req.headers["x-forwarded-proto"] = protocol.slice(0, -1);
  req.headers["x-forwarded-host"] = host;
  void current.callback(req, res);
}

function findInteraction({ current }: Running, uid: string): Promise<Interaction | undefined> {
  return current.provider.Interaction.find(uid);
}

async function gave({ current }: Running, idToken: string, portalId: string): Promise<boolean> {
  const { Client, IdToken } = current.provider;
  const client = await Client.find(portalId);
  if (client === undefined) return false;
  return IdToken.validate(idToken, client).then(
    () => true,
    () => false,
  );
}
