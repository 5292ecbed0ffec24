/** What operators watch, in the form Prometheus reads. Labels are few and never about a person. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Admission } from "./http/admission.ts";
import type { MigratableDatabase } from "./database/database.ts";
import type { SeenRequest } from "./http/http.ts";
import type { JobQueue } from "./jobs/job-queue.ts";
import type { Clock } from "./world.ts";

export interface Metrics {
  /** For `listen`'s `observe`; the door is "public" or "card". */
  observeDoor(door: string): (seen: SeenRequest) => void;
  watchAdmission(admission: Pick<Admission, "standing">): void;
  readonly contentType: string;
  text(): Promise<string>;
}

export interface MetricsNeeds {
  readonly db: Pick<MigratableDatabase, "connections">;
  readonly jobs: Pick<JobQueue, "summary">;
  readonly clock: Clock;
}

/** A route that is not named by its pattern could be as many as there are addresses. */
const MOST_ROUTES = 400;

export function createMetrics({ db, jobs, clock }: MetricsNeeds): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "chave_http_request_seconds",
    help: "Time to answer a request",
    labelNames: ["door", "method", "route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  watchConnections(registry, db);
  watchJobs(registry, jobs, clock);
  const routes = new Set<string>();
  /** Each combination is looked up by its labels once, not once a request. */
  const rows = new Map<string, ReturnType<typeof requests.labels>>();
  return {
    observeDoor: (door) => (seen) => {
      const route = routes.has(seen.route) || routes.size < MOST_ROUTES ? seen.route : "other";
      routes.add(route);
      const { method } = seen;
      const status = `${String(seen.status).charAt(0)}xx`;
      const name = `${door} ${method} ${status} ${route}`;
      const row = rows.get(name) ?? requests.labels({ door, method, route, status });
      rows.set(name, row);
      row.observe(seen.seconds);
    },
    watchAdmission: (admission) => {
      watchAdmission(registry, admission);
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

function watchAdmission(registry: Registry, { standing }: Pick<Admission, "standing">): void {
  new Gauge({
    name: "chave_requests_in_flight",
    help: "Requests being answered by the public door",
    registers: [registry],
    collect() {
      this.set(standing().inFlight);
    },
  });
  new Counter({
    name: "chave_requests_shed_total",
    help: "Requests refused with 503 because there were too many, by what they were part of",
    labelNames: ["precedence"],
    registers: [registry],
    collect() {
      this.reset();
      for (const [precedence, count] of Object.entries(standing().shed)) this.inc({ precedence }, count);
    },
  });
  new Gauge({
    name: "chave_overload_pace",
    help: "During an overload, how much that is new may be begun in a second; -1: no overload",
    registers: [registry],
    collect() {
      this.set(standing().limit ?? -1);
    },
  });
}

function watchConnections(registry: Registry, db: MetricsNeeds["db"]): void {
  new Gauge({
    name: "chave_database_connections",
    help: "Connections of this process to the database, and queries waiting for one",
    labelNames: ["state"],
    registers: [registry],
    collect() {
      for (const [state, count] of Object.entries(db.connections())) this.set({ state }, count);
    },
  });
}

function watchJobs(registry: Registry, jobs: MetricsNeeds["jobs"], clock: Clock): void {
  const lateness = new Gauge({
    name: "chave_jobs_late_seconds",
    help: "How long the first of the queued jobs has been due",
    labelNames: ["kind"],
    registers: [registry],
  });
  new Gauge({
    name: "chave_jobs",
    help: "Jobs in the outbox by kind and state",
    labelNames: ["kind", "state"],
    registers: [registry],
    async collect() {
      const { counts } = await jobs.summary();
      this.reset();
      lateness.reset();
      for (const { kind, state, count, oldest } of counts) {
        this.set({ kind, state }, count);
        if (oldest !== null) lateness.set({ kind }, Math.max(0, (clock.now().getTime() - oldest.getTime()) / 1000));
      }
    },
  });
}
