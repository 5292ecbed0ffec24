/** One line a request, no secrets, no personal data. */
import { pino } from "pino";
import type { DestinationStream } from "pino";
import { remembering } from "./remembering.ts";

export interface Log {
  debug(about: object, message?: string): void;
  info(about: object, message?: string): void;
  warn(about: object, message?: string): void;
  error(about: object, message?: string): void;
  child(about: object): Log;
}

export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;

export interface LogPlace {
  readonly level: (typeof LOG_LEVELS)[number];
  /** Standard output when absent. */
  readonly destination?: DestinationStream;
}

export function createLog({ level, destination }: LogPlace): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: describeError } };
  return redacting(pino(options, destination ?? gathered()), destination === undefined ? flushGathered : undefined);
}

/** Milliseconds, and characters, for which lines gather before they are written: a write for each would cost more than the line. */
const LINGER = 100;
const ENOUGH = 8_192;
let lines = "";
let isTimed = false;

/** What is gathered is written at the end of the process, and at once with whatever went wrong. */
function gathered(): DestinationStream {
  if (!isTimed) {
    isTimed = true;
    setInterval(flushGathered, LINGER).unref();
    process.once("exit", flushGathered);
  }
  return {
    write(line) {
      lines += line;
      if (lines.length >= ENOUGH) flushGathered();
    },
  };
}

function flushGathered(): void {
  if (lines === "") return;
  process.stdout.write(lines);
  lines = "";
}

type Writer = Pick<pino.Logger, "debug" | "info" | "warn" | "error"> & { child(about: object): Writer };

function redacting(writer: Writer, flush: () => void = () => undefined): Log {
  const line =
    (level: "debug" | "info" | "warn" | "error") =>
    (about: object, message?: string): void => {
      writer[level](redact(about), message);
      if (level === "warn" || level === "error") flush();
    };
  return {
    debug: line("debug"),
    info: line("info"),
    warn: line("warn"),
    error: line("error"),
    child: (about) => redacting(writer.child(redact(about)), flush),
  };
}

/**
 * Nobody should log these; whoever does by mistake, with a whole form or a whole row, writes nothing down. Compared without
 * case, `_` and `-`, so that a field, a column and a property of the same name are one.
 */
const PRIVATE = new Set(
  [
    ["pin", "pinNew", "pinRepeat", "signaturePin", "signaturePinNew", "signaturePinRepeat", "temporaryPin", "cardPin"],
    ["code", "otp", "password", "secret", "clientSecret", "credential", "token", "accessToken", "refreshToken", "idToken"],
    ["authorization", "cookie", "setCookie", "assertion", "samlResponse", "samlRequest", "payload", "body", "parameters"],
    ["phone", "to", "from", "email", "name", "fullName", "givenName", "familyName", "address", "addressLines", "postalCode"],
    ["digits", "sentTo", "former", "formerEmail", "typedPhone"],
    ["givenNames", "familyNames", "phoneNumber", "documentKind", "documentExpires"],
    ["civilId", "nic", "taxNumber", "nif", "documentNumber", "birthDate", "birthdate", "nationality", "ip", "subject"],
  ].flatMap((names) => names.map(plain)),
);

const DEPTH = 4;

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, "");
}

const isPrivate = remembering((name) => PRIVATE.has(plain(name)));

function redact(about: object, depth = 1): object {
  const open: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(about)) open[name] = redactValue(name, value, depth);
  return open;
}

function redactValue(name: string, value: unknown, depth: number): unknown {
  if (name === "err") return value; // Taken care of by its own serializer.
  if (value !== undefined && isPrivate(name)) return "[private]";
  if (value instanceof Error) return describeError(value);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (depth === DEPTH || value instanceof Uint8Array) return "[left out]";
  if (Array.isArray(value)) return value.map((item: unknown) => redactValue("", item, depth + 1));
  return redact(value, depth + 1);
}

interface ErrorNote {
  readonly type: string;
  readonly message: string;
  readonly code?: unknown;
  readonly at?: string;
  readonly stack?: string;
  readonly cause?: ErrorNote;
}

/** Never an error's own further properties: a database puts the offending row there, an HTTP client the whole request. */
export function describeError(error: unknown, depth = 1): ErrorNote {
  if (!(error instanceof Error)) return { type: typeof error, message: "[left out]" };
  const fromDatabase = "severity" in error;
  return {
    type: error.name,
    message: fromDatabase ? withoutQuoted(error.message) : error.message,
    ...("code" in error ? { code: error.code } : {}),
    ...(fromDatabase && "constraint" in error && typeof error.constraint === "string" ? { at: error.constraint } : {}),
    ...(error.stack === undefined ? {} : { stack: framesOf(error.stack) }),
    ...(error.cause !== undefined && depth < DEPTH ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

/** PostgreSQL quotes the value it could not take: invalid input syntax for type date: "912345678". */
function withoutQuoted(message: string): string {
  return message.replaceAll(/"[^"]*"/g, '"..."');
}

/** The stack begins with the message, which was treated above. */
function framesOf(stack: string): string {
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .join("\n");
}
