/** PostgreSQL compiled to WebAssembly, in this very process: for evaluation, development and tests. One connection. */
import { mkdirSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { lockFolder } from "./folder-lock.ts";
import type { Connection, Engine } from "./transactions.ts";

export interface PgliteNeeds {
  /** Absent: in memory. */
  readonly folder?: string;
  /** What `dumpDataDir` of another gave, to start from. */
  readonly snapshot?: Blob;
}

const OID = { bytea: 17, bigint: 20, date: 1082 };

const PARSERS = {
  [OID.bytea]: (text: string) => Buffer.from(text.slice(2), "hex"),
  [OID.bigint]: Number,
  [OID.date]: String,
};

/** The engine's own writes hex digit by digit through an array of strings. */
const SERIALIZERS = { [OID.bytea]: (value: Uint8Array) => `\\x${Buffer.from(value).toString("hex")}` };

export async function openPglite({ folder, snapshot }: PgliteNeeds): Promise<Engine & { dump(): Promise<Blob> }> {
  const unlock = folder === undefined ? () => undefined : lockFolder(folder);
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pglite = await start(folder, snapshot).catch((error: unknown) => {
    unlock();
    throw error;
  });
  let busy = 0;
  const alone = connectionOf(pglite);
  return {
    ...alone,
    exchange: (asked) =>
      asked.length === 1 ? alone.exchange(asked) : pglite.transaction((inner) => connectionOf(inner).exchange(asked)),
    engine: "pglite",
    connections: () => ({ busy: Math.min(busy, 1), idle: busy > 0 ? 0 : 1, waiting: Math.max(busy - 1, 0) }),
    async transaction(work) {
      busy++;
      try {
        return await pglite.transaction((inner) => work(connectionOf(inner)));
      } finally {
        busy--;
      }
    },
    listen: async (channel, heard) => {
      const stop = await pglite.listen(`"${channel}"`, heard);
      return () => stop();
    },
    dump: () => pglite.dumpDataDir("none"),
    async close() {
      await pglite.close();
      unlock();
    },
  };
}

/** `relaxedDurability` stays off: an answer given must outlive the death of the process. */
function start(folder: string | undefined, snapshot: Blob | undefined): Promise<PGlite> {
  return PGlite.create({
    ...(folder === undefined ? {} : { dataDir: folder }),
    ...(snapshot === undefined ? {} : { loadDataDir: snapshot }),
    parsers: PARSERS,
    serializers: SERIALIZERS,
  });
}

function connectionOf(pglite: Pick<PGlite, "query" | "exec">): Connection {
  return {
    async exchange(asked) {
      const answers: object[][] = [];
      for (const { statement, values } of asked) {
        const { rows } = await pglite.query<object>(statement.text, [...values]);
        answers.push(rows);
      }
      return answers;
    },
    async script(text) {
      await pglite.exec(text);
    },
  };
}
