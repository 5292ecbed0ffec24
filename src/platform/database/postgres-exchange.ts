/**
 * Several prepared statements in one exchange with PostgreSQL: sent with one write, ended by one Sync, so that outside of a
 * transaction they are one (PostgreSQL 15, "Pipelining" in 55.2.3). `pg` itself waits for an answer after each statement, asks
 * anew each time what the columns are, and each wait costs more processor time than most of our statements.
 */
import { messagesOf } from "./postgres-messages.ts";
import type { Bound } from "./postgres-messages.ts";
import type { Asking } from "./transactions.ts";

/** How a column's text is read; by the number of its type. */
export type ParserOf = (oid: never) => (text: string) => unknown;

interface Column {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}

/** What a connection knows of the statements it has prepared: their columns. */
type Prepared = Map<string, readonly Column[]>;

/** The part of pg's connection that its own cursors use too. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void; write(octets: Buffer): void };
  close(message: { type: "S"; name: string }): void;
  parse(message: { name: string; text: string }): void;
  describe(message: { type: "S"; name: string }): void;
  bind(message: { statement: string; values: readonly unknown[] }): void;
  execute(message: object): void;
  sync(): void;
}

/** Of pg: whoever can hand it a query of their own making, as its cursors do. */
export interface Client {
  query(submittable: Submittable): unknown;
}

interface Submittable {
  submit(wire: Wire): void;
  handleRowDescription(message: RowDescription): void;
  handleDataRow(message: { readonly fields: readonly (string | null)[] }): void;
  handleCommandComplete(): void;
  handleError(error: unknown): void;
  handleReadyForQuery(): void;
}

interface RowDescription {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

/** `age`: part of the statements' names, so that all are prepared anew when a migration has overtaken one. */
export function createExchange(parserOf: ParserOf) {
  const preparedBy = new WeakMap<Client, Prepared>();
  const columnsOf = ({ fields }: RowDescription): Column[] =>
    fields.map(({ name, dataTypeID }) => ({ name, parse: parserOf(dataTypeID as never) }));

  return (client: Client, asked: readonly Asking[], age: number): Promise<object[][]> => {
    // Made before anything is sent: a value that cannot be written must not leave half an exchange behind.
    const bound = asked.map(({ values }) => values.map(writable));
    const prepared = preparedBy.get(client) ?? new Map<string, readonly Column[]>();
    preparedBy.set(client, prepared);
    const nameOf = ({ statement }: Asking) => `${statement.name}_${String(age)}`;
    return new Promise((resolve, reject) => {
      const answers: object[][] = [];
      let rows: object[] = [];
      let columns: readonly Column[] | undefined;
      let fault: unknown;
      const names = asked.map(nameOf);
      const current = (): string => names[answers.length] ?? "";
      client.query({
        submit(wire: Wire) {
          const sendings = asked.map(({ statement: { text } }, place) => {
            return { name: names[place] ?? "", text, values: bound[place] ?? [] };
          });
          send(wire, sendings, prepared);
        },
        handleRowDescription(message: RowDescription) {
          columns = columnsOf(message);
        },
        handleDataRow({ fields }: { fields: readonly (string | null)[] }) {
          columns ??= prepared.get(current()) ?? [];
          rows.push(readRow(columns, fields));
        },
        handleCommandComplete() {
          const name = current();
          if (!prepared.has(name)) prepared.set(name, columns ?? []);
          answers.push(rows);
          [rows, columns] = [[], undefined];
        },
        handleError(error: unknown) {
          fault ??= error;
          reject(fault instanceof Error ? fault : new Error(String(fault)));
        },
        handleReadyForQuery() {
          resolve(answers);
        },
      });
    });
  };
}

interface Sending extends Bound {
  readonly text: string;
}

function send(wire: Wire, sendings: readonly Sending[], prepared: Prepared): void {
  if (sendings.every(({ name }) => prepared.has(name))) wire.stream.write(messagesOf(sendings));
  else prepareAndSend(wire, sendings, prepared);
}

function prepareAndSend(wire: Wire, sendings: readonly Sending[], prepared: Prepared): void {
  const preparing = new Set<string>();
  wire.stream.cork();
  for (const { name, text, values } of sendings) {
    if (!prepared.has(name) && !preparing.has(name)) {
      preparing.add(name);
      // Prepared before, perhaps, in an exchange that then failed. To close what is not there is no error.
      wire.close({ type: "S", name });
      wire.parse({ name, text });
      wire.describe({ type: "S", name });
    }
    wire.bind({ statement: name, values });
    wire.execute({});
  }
  wire.sync();
  wire.stream.uncork();
}

/** Octets as they are, everything else as PostgreSQL reads it from text. */
function writable(value: unknown): Buffer | string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return Buffer.isBuffer(value) ? value : Buffer.from(value);
  if (Array.isArray(value)) return `{${value.map(elementOf).join(",")}}`;
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return String(value);
  throw new TypeError(`a value of type ${typeof value} cannot be sent`);
}

function elementOf(value: unknown): string {
  const text = writable(value);
  if (text === null) return "NULL";
  const plain = Buffer.isBuffer(text) ? `\\x${text.toString("hex")}` : text;
  return `"${plain.replaceAll(/[\\"]/g, "\\$&")}"`;
}

function readRow(columns: readonly Column[], fields: readonly (string | null)[]): object {
  const row: Record<string, unknown> = {};
  for (const [place, { name, parse }] of columns.entries()) {
    const text = fields[place];
    row[name] = text === null || text === undefined ? null : parse(text);
  }
  return row;
}
