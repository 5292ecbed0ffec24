/** A database seen through a window: what is asked of it is told before, and after; who watches may throw, as a dying process would. */
import type { Database } from "../../src/platform/database/database.ts";

export interface Asked {
  /** Verb and table: "update mobile_keys.key"; "begin" and "commit" of a transaction; "at once", done before anything is answered. */
  readonly kind: string;
  readonly text: string;
}

export interface Watch {
  before?(asked: Asked): void;
  after?(asked: Asked, rows: readonly object[]): void;
}

export function watching(db: Database, { before, after }: Watch): Database {
  const query = async <Row extends object>(pieces: TemplateStringsArray, ...values: readonly unknown[]): Promise<Row[]> => {
    const asked = askedBy(pieces);
    before?.(asked);
    const rows = await db<Row>(pieces, ...values);
    after?.(asked, rows);
    return rows;
  };
  // `as`: what is done at once is answered as the database does.
  return Object.assign(query, {
    async transaction<Result>(work: () => Promise<Result>): Promise<Result> {
      before?.(begin);
      const result = await db.transaction(async () => {
        const done = await work();
        before?.(commit);
        return done;
      });
      after?.(commit, []);
      return result;
    },
    async atOnce(work: Parameters<Database["atOnce"]>[0]) {
      before?.(atOnce);
      const answers = await db.atOnce(work);
      if (answers !== null) after?.(atOnce, []);
      return answers;
    },
    committed: db.committed,
    listen: db.listen,
    engine: db.engine,
    close: db.close,
  }) as Database;
}

const begin: Asked = { kind: "begin", text: "begin" };
const atOnce: Asked = { kind: "at once", text: "at once" };
const commit: Asked = { kind: "commit", text: "commit" };

function askedBy(pieces: TemplateStringsArray): Asked {
  const text = pieces.join("?").replace(/\s+/g, " ").trim();
  const table = /(?:from|into|update) ([a-z_]+\.[a-z_]+)/.exec(text)?.[1] ?? "";
  return { kind: `${text.split(" ")[0] ?? ""} ${table}`, text };
}
