import type { Database } from "./database/database.ts";
import type { Jobs } from "./jobs/jobs.ts";
import type { Secrets } from "./secrets.ts";
import type { Clock, Random } from "./world.ts";

/** What every capability stands on. */
export interface Floor {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly secrets: Secrets;
  readonly jobs: Jobs;
}
