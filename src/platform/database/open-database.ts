/** The one way to a database: a PostgreSQL when there is a URL, else the embedded engine in a folder or in memory. */
import type { MigratableDatabase } from "./database.ts";
import type { Log } from "../log.ts";
import { openPglite } from "./pglite.ts";
import { openPostgres } from "./postgres.ts";
import { createDatabase } from "./transactions.ts";

export interface DatabasePlace {
  readonly url?: string | undefined;
  readonly folder?: string | undefined;
  readonly poolSize?: number | undefined;
  readonly log: Log;
}

export async function openDatabase({ url, folder, poolSize, log }: DatabasePlace): Promise<MigratableDatabase> {
  if (url !== undefined) return createDatabase(openPostgres({ url, log, ...(poolSize === undefined ? {} : { poolSize }) }));
  return createDatabase(await openPglite(folder === undefined ? {} : { folder }));
}
