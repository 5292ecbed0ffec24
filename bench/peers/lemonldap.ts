/**
 * Debian's LemonLDAP::NG: a portal in Perl, FastCGI behind nginx, people in PostgreSQL, the code by a command. Sessions lie in
 * files, as shipped: with its sessions in PostgreSQL it connected anew for each and took twice the processor time.
 */
import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { clientId, clientSecret, redirectUri } from "../contestant.ts";
import type { Contestant, Entry, Place, Stand } from "../contestant.ts";
import type { Browser } from "../driver/browser.ts";
import type { Codes } from "../driver/codes.ts";
import { openLineInbox } from "../driver/line-inbox.ts";
import { createRelyingParty } from "../driver/relying-party.ts";
import { answers, startChild } from "../measure/child.ts";
import { findPostgres, startCluster } from "../measure/cluster.ts";
import type { Cluster } from "../measure/cluster.ts";

const server = "/usr/sbin/llng-fastcgi-server";
const shippedSettings = "/var/lib/lemonldap-ng/conf/lmConf-1.json";
const portal = "/usr/share/lemonldap-ng/portal";
const needed = [server, shippedSettings, portal, "/usr/sbin/nginx"];

const secret = "104729";

export const lemonldap: Contestant = {
  name: "LemonLDAP::NG",
  packages: [
    "lemonldap-ng",
    "lemonldap-ng-fastcgi-server",
    "nginx-light",
    "liblasso-perl",
    "libemail-sender-perl",
    "libgd-securityimage-perl",
    "libimage-magick-perl",
    "libmime-tools-perl",
    "libapache-session-browseable-perl",
    "libdbd-pg-perl",
    "postgresql",
  ],
  missing() {
    const driver = spawnSync("perl", ["-MDBD::Pg", "-e1"]).status === 0;
    if (!driver || !needed.every((path) => existsSync(path)))
      return "the packages lemonldap-ng, nginx-light and libdbd-pg-perl";
    return findPostgres() === undefined ? "PostgreSQL's server programs" : null;
  },
  async start(place) {
    const cluster = startCluster();
    try {
      return await start(place, cluster);
    } catch (fault) {
      cluster.stop();
      throw fault;
    }
  },
};

async function start({ folder, codes, people, freePort }: Place, cluster: Cluster): Promise<Stand> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${String(port)}`;
  const databaseUrl = cluster.create("lemonldap");
  await makeTables(databaseUrl, people);
  const inbox = await openLineInbox(join(folder, "codes"), codes);
  writeFiles(folder, port, cluster);
  ownAll(folder, cluster);
  const log = join(folder, "log");
  const socket = join(folder, "fastcgi.sock");
  const perl = await startChild({
    command: server,
    words: ["--foreground", "--proc", String(processes), "--pid", join(folder, "fastcgi.pid"), "--socket", socket],
    env: { LLNG_DEFAULTCONFFILE: join(folder, "lemonldap-ng.ini"), LLNG_DEFAULTLOGGER: "Lemonldap::NG::Common::Logger::Std" },
    ...cluster.owner,
    log,
    ready: async () => existsSync(socket),
  });
  const nginx = await startChild({
    command: "/usr/sbin/nginx",
    words: ["-p", folder, "-c", join(folder, "nginx.conf")],
    ...cluster.owner,
    log,
    ready: () => answers(`${origin}/.well-known/openid-configuration`),
  });
  const party = await createRelyingParty({ origin, clientId, clientSecret, redirectUri, scope: "openid profile" });
  const row = { name: "LemonLDAP::NG", store: "files", durable: false, ours: false, people };
  const entry: Entry = { ...row, hash: "cheapest", hashNote: "no hash", play: playWith(codes) };
  return {
    origin,
    redirectUri,
    party,
    entries: [entry],
    roots: [perl.pid, nginx.pid, cluster.pid],
    async stop() {
      await party.close();
      await nginx.stop();
      await perl.stop();
      await inbox.stop();
      cluster.stop();
    },
  };
}

const folders = ["conf", "cache", "temp", "sessions", "sessions/lock", "psessions", "psessions/lock"];

/** Enough to wait for commits side by side on one core. */
const processes = 4;

async function makeTables(url: string, people: number): Promise<void> {
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  await db.query("create table people (uid text primary key, password text not null, cn text not null, mail text not null)");
  const add =
    "insert into people select 'p' || n, $1, 'Ana Exemplo', 'p' || n || '@bench.invalid' from generate_series(0, $2::int - 1) n";
  await db.query(add, [secret, people]);
  await db.query("analyze");
  await db.end();
}

function writeFiles(folder: string, port: number, cluster: Cluster): void {
  for (const name of folders) mkdirSync(join(folder, name));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  // One shell and one write: the cheapest way out that a command can be.
  write("send", `#!/bin/sh\nprintf '%s %s\\n' "$1" "$2" > ${join(folder, "codes")}\n`);
  chmodSync(join(folder, "send"), 0o755);
  write("conf/lmConf-1.json", JSON.stringify(settingsFor(folder, port, cluster)));
  write("lemonldap-ng.ini", iniFor(folder));
  write("nginx.conf", nginxFor(folder, port));
}

function ownAll(folder: string, { owner }: Cluster): void {
  if (owner === undefined) return;
  for (const path of [folder, ...[...folders, "conf/lmConf-1.json", "codes"].map((name) => join(folder, name))])
    chownSync(path, owner.uid, owner.gid);
}

function settingsFor(folder: string, port: number, cluster: Cluster): object {
  const shipped = JSON.parse(readFileSync(shippedSettings, "utf8")) as Record<string, unknown>;
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const chain = `dbi:Pg:dbname=lemonldap;host=${cluster.folder}`;
  const storage = (name: string) => ({
    Directory: join(folder, name),
    LockDirectory: join(folder, name, "lock"),
    generateModule: "Lemonldap::NG::Common::Apache::Session::Generate::SHA256",
  });
  const url = `http://127.0.0.1:${String(port)}/`;
  return {
    ...shipped,
    portal: url,
    domain: "127.0.0.1",
    locationRules: { "127.0.0.1": { default: "accept" } },
    authentication: "DBI",
    userDB: "Same",
    passwordDB: "Null",
    registerDB: "Null",
    dbiAuthChain: chain,
    dbiAuthUser: "chave",
    dbiAuthPassword: "",
    dbiAuthTable: "people",
    dbiAuthLoginCol: "uid",
    dbiAuthPasswordCol: "password",
    dbiAuthPasswordHash: "",
    dbiExportedVars: { cn: "cn", mail: "mail", uid: "uid" },
    globalStorage: "Apache::Session::File",
    globalStorageOptions: storage("sessions"),
    persistentStorage: "Apache::Session::File",
    persistentStorageOptions: storage("psessions"),
    localSessionStorageOptions: {
      namespace: "sessions",
      default_expires_in: 600,
      cache_root: join(folder, "cache"),
      cache_depth: 3,
      directory_umask: "007",
    },
    notification: 0,
    ext2fActivation: 1,
    ext2FSendCommand: `${join(folder, "send")} $uid $code`,
    ext2fCodeActivation: "\\d{6}",
    issuerDBOpenIDConnectActivation: 1,
    oidcServiceMetaDataIssuer: url.slice(0, -1),
    oidcServicePrivateKeySig: privateKey,
    oidcServicePublicKeySig: publicKey,
    oidcServiceKeyIdSig: "bench",
    oidcRPMetaDataOptions: {
      bench: {
        oidcRPMetaDataOptionsClientID: clientId,
        oidcRPMetaDataOptionsClientSecret: clientSecret,
        oidcRPMetaDataOptionsRedirectUris: redirectUri,
        oidcRPMetaDataOptionsDisplayName: "Bench",
        oidcRPMetaDataOptionsUserIDAttr: "uid",
        oidcRPMetaDataOptionsIDTokenSignAlg: "RS256",
        oidcRPMetaDataOptionsRequirePKCE: 1,
        oidcRPMetaDataOptionsBypassConsent: 0,
      },
    },
    oidcRPMetaDataExportedVars: { bench: { name: "cn", email: "mail" } },
  };
}

function iniFor(folder: string): string {
  const cache = `{ 'namespace' => 'config', 'default_expires_in' => 600, 'directory_umask' => '007', 'cache_root' => '${join(folder, "cache")}', 'cache_depth' => 3 }`;
  return `[all]
logLevel = warn
checkTime = 600
[configuration]
type = File
dirName = ${join(folder, "conf")}
localStorage = Cache::FileCache
localStorageOptions = ${cache}
[portal]
staticPrefix = /static
templateDir = ${portal}/templates
languages = en, fr
[handler]
status = 0
`;
}

/** The package's own site for the portal, on our port. */
function nginxFor(folder: string, port: number): string {
  const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${join(folder, "temp", name)};`,
  );
  return `daemon off;
worker_processes 1;
pid ${join(folder, "nginx.pid")};
error_log ${join(folder, "nginx.log")} warn;
events { worker_connections 1024; }
http {
  include /etc/nginx/mime.types;
  access_log ${join(folder, "access.log")};
  ${temp.join("\n  ")}
  keepalive_requests 100000;
  upstream portal { server unix:${join(folder, "fastcgi.sock")}; }
  server {
    listen 127.0.0.1:${String(port)};
    root ${portal}/htdocs/;
    if ($uri !~ ^/((static|javascript|favicon).*|.*\\.psgi)) { rewrite ^/(.*)$ /index.psgi/$1 break; }
    location ~ ^(?<sc>/.*\\.psgi)(?:$|/) {
      include /etc/nginx/fastcgi_params;
      fastcgi_pass portal;
      fastcgi_param HTTP_HOST $http_host;
      fastcgi_param LLTYPE psgi;
      fastcgi_param SCRIPT_FILENAME $document_root$sc;
      fastcgi_split_path_info ^(.*\\.psgi)(/.*)$;
      fastcgi_param PATH_INFO $fastcgi_path_info;
    }
    location /static/ { alias ${portal}/htdocs/static/; }
  }
}
`;
}

function playWith(codes: Codes) {
  return async (browser: Browser, authorization: string, n: number): Promise<URL> => {
    const user = `p${String(n)}`;
    const login = await browser.go(authorization);
    const second = await browser.submit(login, { user, password: secret });
    const consent = await browser.submit(second, { code: await codes.wait(user) });
    if (consent.status === 0) return consent.url;
    return (await browser.submit(consent, { confirm: "1" })).url;
  };
}
