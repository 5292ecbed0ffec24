/** docs/speed.md: what was measured, how, and what came out. Written by the benchmark, whole, each time. */
import type { Results } from "../figures.ts";
import type { Plan } from "../plan.ts";
import type { Machine } from "./machine.ts";
import { tableOf } from "./table.ts";

export function pageOf(results: Results, machine: Machine, plan: Plan, absent: readonly string[]): string {
  const { date, processor, cores, memoryGb, node, argon2Ms } = machine;
  return `# Speed

Written by \`npm run bench\`: do not edit. ${date}; ${processor}, ${cores} cores, ${memoryGb} GB, Node ${node}; ${plan.rounds} rounds of ${plan.fullSeconds} s at full speed and ${plan.halfSeconds} s at half of it a row.

![Processor time per ceremony](speed.svg)

${tableOf(results)}

\\* not run so: the server cannot use this hash, so the processor time of its own was taken out and that of Argon2id (${argon2Ms.toFixed(1)} ms here) put in.
${absent.map((line) => `\nNot measured: ${line}.`).join("")}

## What is measured

One *ceremony* is a person's whole sign-in at a portal over OpenID Connect: the authorization request, the page for phone and secret, a
six-digit code out of band, the page for the code, consent where the server asks for it, the code redeemed with PKCE and the client's
secret, and an ID token whose signature, audience and nonce are checked. Each ceremony is another citizen's, in a browser without
cookies. Every contestant is played by the same driver over plain HTTP on this machine, with keep-alive connections.

- **CPU ms per ceremony**, the figure to compare by: processor time of the server and of its database, all their processes, as the operating system
  books it in \`/proc\`. The driver and the message centre are not in it. Measured at full speed, for that is what a core can do, after a moment
  at that speed which is not counted, for each lay idle while the others had their turns;
  *at half speed* it is more, because each wake-up then serves one person alone.
- **Per second and core**: server and database together kept to one core, 16 people at once, as fast as it goes.
- **p50, p99**: at half of that rate, people arriving at random moments whatever the server does (an open loop), each wait counted from the arrival.
- **Statements, durable commits, syncs, WAL bytes**: per ceremony, people one after the other; from \`pg_stat_statements\`, the WAL's own records and \`pg_stat_wal\`,
  or, where the server keeps its own files, from the calls of \`fsync\` and \`fdatasync\`. Writes are durable for all that write: \`fsync\` and \`synchronous_commit\` on, SQLite as it is by default.
- Rows are interleaved: each once, then each again. Figures are medians over the rounds; a ratio is taken inside each round, against the best
  peer that keeps what it is told. The bare engine in memory stands beside it as a floor: it sends the code and forgets everything.

## The rows

- **Chave**: \`src/main.ts\` with its default settings and log, one process, all roles; SMS over SMPP to a message centre. *As shipped* the PIN lies under Argon2id (7 MiB, 5 passes, 1 lane)
  inside a keyed hash, which is the equal hash too; *keyed* is the keyed hash alone. On PostgreSQL over a Unix socket, and on the embedded engine, which forces nothing to disk.
- **Glewlwyd** (Debian): SQLite with a write-ahead log and indexes for what it looks up, secret and code by e-mail, ES256; its own PBKDF2 as shipped, and with one iteration as its
  cheapest. It fails when people come at the same moment, so they come one by one; its figure *per second and core* is what the core could have done in that processor time. Of its page's
  script only the calls that do the work are made. On PostgreSQL it took twice the processor time.
- **LemonLDAP::NG** (Debian): FastCGI behind nginx, people in PostgreSQL without any hash, sessions in files as shipped (not forced to disk, so it does not count as keeping a database;
  with sessions in PostgreSQL it took twice the processor time), code by a command, RS256, which is all it signs with.
- **oidc-provider** (npm): the bare engine with its memory store, pages of a few lines, no hash; it writes nothing anywhere, so it is a floor and no product.
- **The wires alone**: a server of ours that does what our ceremony sends over its wires and nothing else: as many requests, pages, exchanges with PostgreSQL,
  statements, keyed hashes, seals and SMS, and the ID token's signature, straight on \`node:http\`. It compares nothing: the floor under our row.

The rows for peers are set up by files of ours in \`bench/peers/\`; none of their code is in the repository.

## How to run it

\`\`\`
npm run bench -- --quick      # within five minutes; as root on Debian it installs the peers itself, elsewhere it says what is missing
npm run bench                 # rounds long enough to quote
npm run bench -- --json       # { "ratios": { "keyed": n, "equalHash": n }, "rows": [...] }
npm run bench -- --only Chave # some rows; docs are left alone
npm run seed -- --citizens N  # N invented citizens with active keys, for load work
node bench/profile.ts         # where our own time goes: statements, packages, functions
node bench/stages.ts          # what each stage of a ceremony costs the process, and its database
\`\`\`
`;
}
