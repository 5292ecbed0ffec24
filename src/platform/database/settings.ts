import { z } from "zod";
import { isOwnMachine, setting, slice, whole } from "../settings.ts";

const postgres = z.string().regex(/^postgres(ql)?:\/\//, "must be an address that begins with postgresql://");

export const databaseSettings = slice("Database", {
  databaseUrl: setting(
    postgres.optional(),
    "A PostgreSQL 15 or newer; absent: the embedded database, for evaluation and small pilots",
    {
      variable: "DATABASE_URL",
      isPrivate: true,
      isNeeded: true,
      checks: [[isPrivateDatabase, "reaches another machine without TLS: add sslmode=verify-full"]],
    },
  ),
  databasePool: setting(whole(1, 200).default(10), "Connections of one process to PostgreSQL"),
});

/** A socket's address has no host before the path, and a folder in `host`. */
function isPrivateDatabase(address: string): boolean {
  const [, host = "", query = ""] = /^postgres(?:ql)?:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?]*)[^?]*\??(.*)$/.exec(address) ?? [];
  const options = new URLSearchParams(query);
  const target = options.get("host") ?? host;
  return target === "" || target.startsWith("/") || isOwnMachine(target) || options.get("sslmode") === "verify-full";
}
