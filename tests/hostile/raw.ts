/** Requests that no browser would send: every header and byte by hand, nothing followed, nothing kept. */
import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { first, PATIENCE_MILLISECONDS } from "../world/patience.ts";
import type { Visitor } from "../journeys/visitor.ts";
import type { Form } from "../journeys/forms.ts";

export interface Raw {
  readonly method?: string;
  /** As it stands in the request line: not looked at. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Told that too many came at once, asks again: who is attacked here is the product, not the machine that the tests run on. */
export async function send(base: string, raw: Raw): Promise<Answer> {
  return first("an answer that is not 'too many'", async () => {
    const answer = await sendOnce(base, raw);
    return answer.status === 503 && answer.text.includes('data-refusal="service.busy"') ? undefined : answer;
  });
}

function sendOnce(base: string, { method = "GET", path, headers = {}, body }: Raw): Promise<Answer> {
  const { port } = new URL(base);
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: "127.0.0.1",
      port,
      method,
      agent: false,
      timeout: PATIENCE_MILLISECONDS,
      headers: { host: `localhost:${port}`, ...headers },
    });
    // `path` through the options is checked for characters that must not be there, which is what we want to send.
    Object.assign(outgoing, { path });
    outgoing.once("response", (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      const end = () => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString() });
      };
      answer.once("end", end).once("error", end);
    });
    outgoing.once("timeout", () => outgoing.destroy(new Error(`no answer to ${method} ${path.slice(0, 80)}`)));
    // A server that refuses may close before it has heard all: what it said before that is its answer.
    outgoing.once("error", (error: NodeJS.ErrnoException) => {
      if (["EPIPE", "ECONNRESET"].includes(error.code ?? ""))
        setTimeout(() => {
          resolve({ status: 0, headers: {}, text: "" });
        }, 50);
      else reject(error);
    });
    outgoing.end(body);
  });
}

/** Bytes into a socket, and all that comes back until the other side closes or is silent. */
export function sendBytes(base: string, bytes: string | Buffer, silence = 300): Promise<string> {
  return new Promise((resolve) => {
    let heard = "";
    const socket = connect(Number(new URL(base).port), "127.0.0.1", () => socket.write(bytes));
    const end = () => {
      socket.destroy();
      resolve(heard);
    };
    socket.setTimeout(silence, end);
    socket.on("data", (chunk) => (heard += chunk.toString("latin1")));
    socket.once("error", end).once("close", end);
  });
}

export function cookieOf(visitor: Visitor): string {
  const known = ["session", "browser", "signed_in", "sign_in"].flatMap((name) => {
    const value = visitor.cookie(name);
    return value === undefined ? [] : [`${name}=${value}`];
  });
  return known.join("; ");
}

/** The first form of the page whose address ends so. */
export function formTo({ page }: Visitor, ending: string): Form {
  const form = page.forms.find(({ action }) => action.endsWith(ending));
  if (!form) throw new Error(`${page.url} has no form to ${ending}: ${page.forms.map(({ action }) => action).join(" ")}`);
  return form;
}

export const markOf = (form: Form): string => form.given.find(([name]) => name === "csrf")?.[1] ?? "";

const expected = [
  // A housekeeping job in whose middle a process was killed: the next slot does its work.
  /"reason":"never ended"/,
  // The machine that the tests run on is slow, or the attack was a flood.
  /"msg":"(more is asked than can be done|the overload is over)/,
];

/** What a process wrote that it should never have to: faults, bugs, and whatever is no line of its log. */
export function complaints(output: string): string[] {
  const started = output.indexOf("\nready ");
  return output
    .slice(Math.max(0, started))
    .split("\n")
    .slice(2)
    .filter(
      (line) => line !== "" && !(line.startsWith("{") && line.endsWith("}") && Number(/"level":(\d+)/.exec(line)?.[1]) < 40),
    )
    .filter((line) => !expected.some((pattern) => pattern.test(line)));
}
