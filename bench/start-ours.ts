/** The product as a process of its own, by its settings alone, with one portal: what the benchmark measures. */
import type { PortalRegistration } from "#core/portals";
import { readSettings } from "#settings";
import { systemClock } from "#platform/world";
import { startChave } from "../src/main.ts";

// `sandbox` only lets the issuer be plain HTTP, and puts a band on pages: all that answers and writes is the product itself.
const running = await startChave({ settings: readSettings(), clock: systemClock, sandbox: true });
await running.registerPortal(JSON.parse(process.env["BENCH_PORTAL"] ?? "") as PortalRegistration);
process.stdout.write("ready\n");
process.once("SIGTERM", () => void running.stop().then(() => process.exit(0)));
