/** Settings -> outside -> the roles asked for. */
import type { PortalRegistration } from "#core/portals";
import { createClosing } from "#platform/closing";
import type { Database } from "#platform/database";
import { openOperations } from "#platform/http/operations";
import { createMetrics } from "#platform/metrics";
import { checkProduction, readSettings } from "#settings";
import type { Settings } from "#settings";
import { systemClock } from "#platform/world";
import type { Clock } from "#platform/world";
import { createCore } from "./app/core.ts";
import type { Core } from "./app/core.ts";
import { openPublic } from "./app/public.ts";
import type { Surroundings } from "./app/public.ts";
import { openWorker } from "./app/worker.ts";
import { migrations, openOutside, plays } from "./outside.ts";

export interface Start extends Surroundings {
  readonly settings: Settings;
  readonly clock: Clock;
}

export interface Running {
  /** For the sandbox, whose people may hold keys from the first day. */
  readonly core: Pick<Core, "citizens" | "keys"> & Pick<Database, "transaction">;
  registerPortal(portal: PortalRegistration): Promise<void>;
  /** Ends when every job due now has been done, where jobs are worked: what was promised has reached whoever carries it. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens what the settings' roles need. What was opened is closed again when something else cannot be. */
export async function startChave({ settings, clock, ...surroundings }: Start): Promise<Running> {
  const closing = createClosing();
  try {
    const outside = await openOutside({ settings, clock, sandbox: surroundings.sandbox }, closing);
    const { db, jobs, log } = outside;
    const core = await createCore(outside, settings);
    closing.add(() => core.close());
    const metrics = createMetrics({ db, jobs, clock });
    const operations = await openOperations({ port: settings.portBase + 2, db, migrations, metrics, log });
    closing.add(() => operations.close());
    const worker = plays(settings, "worker") ? openWorker({ core, outside }, closing) : undefined;
    if (plays(settings, "public")) await openPublic({ core, outside, settings, surroundings, metrics }, closing);
    closing.add(() => {
      operations.drain();
    });
    return {
      core: { ...core, transaction: db.transaction },
      registerPortal: core.portals.register,
      settled: async () => worker?.settled(),
      stop: closing.close,
    };
  } catch (fault) {
    await closing.close();
    throw fault;
  }
}

async function serve(): Promise<void> {
  const settings = readSettings();
  checkProduction(settings);
  const running = await startChave({ settings, clock: systemClock, sandbox: false });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => void running.stop().then(() => process.exit(0)));
  }
  process.stdout.write(`ready ${settings.publicUrl}\n`);
}

if (import.meta.main) {
  serve().catch((fault: unknown) => {
    process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exitCode = 1;
  });
}
