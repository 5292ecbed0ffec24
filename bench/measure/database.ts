/** What a PostgreSQL was asked and had to write, counted by itself. */
import pg from "pg";

export interface Counted {
  readonly statements: number;
  /** Transactions that wrote, each made durable before its answer. */
  readonly commits: number;
  /** How often the log was forced to disk: commits that come together share one. */
  readonly syncs: number;
  readonly walBytes: number;
  readonly asked: readonly Asked[];
}

export interface Asked {
  readonly query: string;
  readonly calls: number;
  /** Milliseconds in the server, of all calls together. */
  readonly ms: number;
}

export interface Counter {
  /** Ends with the figures of what happened since. */
  start(): Promise<() => Promise<Counted>>;
  close(): Promise<void>;
}

interface Standing {
  readonly lsn: string;
  readonly syncs: number;
}

export async function openCounter(url: string): Promise<Counter> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined); // Told to whoever asks next; unheard, it would end the process.
  await client.connect();
  const rows = async <Row>(text: string, values: readonly unknown[] = []) =>
    (await client.query(text, [...values])).rows as Row[];
  for (const extension of ["pg_stat_statements", "pg_walinspect"]) await rows(`create extension if not exists ${extension}`);
  await rows("set pg_stat_statements.track = 'none'"); // This session's own questions are not the product's.

  async function track(what: "none" | "top"): Promise<void> {
    await rows(`alter system set pg_stat_statements.track = '${what}'`);
    await rows("select pg_reload_conf()");
  }

  async function standing(): Promise<Standing> {
    await rows("select pg_stat_clear_snapshot()");
    const [now] = await rows<Standing>(
      "select pg_current_wal_insert_lsn()::text as lsn, (select wal_sync from pg_stat_wal)::int as syncs",
    );
    if (now === undefined) throw new Error("the database says nothing of itself");
    return now;
  }

  async function figures(before: Standing): Promise<Counted> {
    const after = await standing();
    const [wal] =
      before.lsn === after.lsn
        ? []
        : await rows<{ bytes: number; commits: number }>(
            `select ($2::pg_lsn - $1::pg_lsn)::int as bytes, coalesce(sum(count) filter (where "resource_manager/record_type" = 'Transaction/COMMIT'), 0)::int as commits
       from pg_get_wal_stats($1, $2, true)`,
            [before.lsn, after.lsn],
          );
    const asked = await rows<Asked>(
      "select query, sum(calls)::int as calls, sum(total_exec_time)::float as ms from pg_stat_statements group by query order by ms desc",
    );
    const statements = asked.reduce((sum, { calls }) => sum + calls, 0);
    return { statements, commits: wal?.commits ?? 0, syncs: after.syncs - before.syncs, walBytes: wal?.bytes ?? 0, asked };
  }

  return {
    async start() {
      await track("top");
      await new Promise((resolve) => setTimeout(resolve, 300)); // Sessions read the new setting when they are next asked something.
      await rows("select pg_stat_statements_reset()");
      const before = await standing();
      return async () => {
        await new Promise((resolve) => setTimeout(resolve, 1_200)); // Backends tell their figures about once a second.
        const counted = await figures(before);
        await track("none");
        return counted;
      };
    },
    close: () => client.end(),
  };
}
