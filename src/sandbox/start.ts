/** `npm start`: the small country and, in the same process, the product that lives in it. */
import { readSettings } from "#settings";
import { startChave } from "../main.ts";
import { createCountry, type Country } from "./country.ts";
import { giveKeys } from "./people/key-holders.ts";
import { fullName, type People } from "./people/index.ts";

async function start(): Promise<void> {
  if (process.env["NODE_ENV"] === "production")
    throw new Error("the sandbox does not start with NODE_ENV=production: use npm run serve");
  const country = await createCountry(readSettings());
  const closing: (() => Promise<void>)[] = [() => country.stop()];
  const stop = createStop(closing);
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  try {
    await country.start();
    const { settings, clock, virtualReader } = country;
    const chave = await startChave({ settings, clock, sandbox: true, virtualReader });
    closing.unshift(() => chave.stop());
    country.settleWith(() => chave.settled());
    await giveKeys(chave.core, country.people, country.clock);
    for (const portal of country.portals) await chave.registerPortal(portal);
  } catch (fault) {
    await Promise.allSettled(closing.map((close) => close()));
    throw fault;
  }
  announce(country);
}

/** The product first, while those it may still be speaking to are there. */
function createStop(closing: readonly (() => Promise<void>)[]): () => void {
  return () => {
    void closeInTurn(closing).then(
      () => process.exit(0),
      (fault: unknown) => fail(fault),
    );
  };
}

async function closeInTurn(closing: readonly (() => Promise<void>)[]): Promise<void> {
  for (const close of closing) await close();
}

/** The last line is relied on by whoever waits for us. */
function announce({ places, people, settings }: Country): void {
  const addresses = places.map(({ label, url }) => `  ${url.padEnd(36)} ${label}`);
  const lines = ["", "Chave sandbox: invented people, nothing here is real", "", ...addresses, "", ...peopleTable(people), ""];
  process.stdout.write(`${lines.join("\n")}\nready ${settings.publicUrl}\n`);
}

function peopleTable(people: People): string[] {
  const rows = people.all().filter(({ note }) => note !== "made on request");
  const columns = [["name", "document", "tax number", "password", "phone", "what they show"]];
  for (const person of rows) {
    const { document, taxNumber, taxPassword, phone, note } = person;
    columns.push([fullName(person), document.kind, taxNumber ?? "-", taxPassword ?? "-", phone, note]);
  }
  const widths = [28, 8, 10, 13, 13, 0];
  return columns.map((cells) => `  ${cells.map((cell, place) => cell.padEnd(widths[place] ?? 0)).join("  ")}`.trimEnd());
}

function fail(fault: unknown): never {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exit(1);
}

start().catch(fail);
