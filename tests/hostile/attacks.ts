/** What is wrong with a request, as a table: each row spoils a form that would otherwise be taken. */
import type { Raw } from "./raw.ts";

interface Target {
  readonly path: string;
  readonly cookie: string;
  readonly csrf: string;
  /** Of another visitor's session. */
  readonly otherCsrf: string;
  /** A field of this form that must come once. */
  readonly field: string;
}

interface Attack {
  readonly name: string;
  /** What a page of ours answers; 0: the connection was closed on the one who would not stop talking. */
  readonly answers: readonly number[];
  make(target: Target): Omit<Raw, "path"> & { readonly path?: string };
}

const urlencoded = "application/x-www-form-urlencoded";
const form = (target: Target, body: string | Buffer, headers: Readonly<Record<string, string>> = {}) => ({
  method: "POST",
  headers: { "content-type": urlencoded, cookie: target.cookie, "content-length": String(Buffer.byteLength(body)), ...headers },
  body,
});
const marked = (target: Target, rest: string) => form(target, `csrf=${target.csrf}&${rest}`);

type Row = readonly [name: string, answers: readonly number[], make: Attack["make"]];

const bodies: readonly Row[] = [
  ["a megabyte", [413, 0], (at) => marked(at, `${at.field}=${"9".repeat(1_000_000)}`)],
  [
    "a megabyte in chunks, of a length not told",
    [413, 0],
    (at) => {
      const {
        method,
        body,
        headers: { "content-length": _, ...headers },
      } = marked(at, `${at.field}=${"9".repeat(1_000_000)}`);
      return { method, body, headers: { ...headers, "transfer-encoding": "chunked" } };
    },
  ],
  ["ten thousand fields", [400, 413, 0], (at) => marked(at, "a=1&".repeat(10_000))],
  ["more fields than any form has", [400], (at) => marked(at, "a=1&".repeat(65))],
  ["a field twice", [400], (at) => marked(at, `${at.field}=1&${at.field}=2`)],
  ["the mark twice", [400], (at) => marked(at, `csrf=${at.csrf}`)],
  [
    "bytes that are not UTF-8",
    [400],
    (at) => form(at, Buffer.concat([Buffer.from(`csrf=${at.csrf}&${at.field}=`), Buffer.from([0xff, 0xfe, 0xc0, 0x80])])),
  ],
  ["an escape that is not UTF-8", [400], (at) => marked(at, `${at.field}=%ff%fe`)],
  ["half an escape", [400], (at) => marked(at, `${at.field}=%`)],
  ["a NUL", [400], (at) => marked(at, `${at.field}=9%0012`)],
  ["a control character", [400], (at) => marked(at, `${at.field}=9%1b%5b2J`)],
  ["a NUL in a field's name", [400], (at) => marked(at, `a%00=1`)],
];

const types: readonly Row[] = [
  "text/plain",
  "multipart/form-data; boundary=x",
  "application/json",
  "text/xml",
  "",
  "\u00e9",
].map((type): Row => [
  `content type "${type}"`,
  [415],
  (at) => form(at, `csrf=${at.csrf}&${at.field}=1`, { "content-type": type }),
]);

const strangers: readonly Row[] = [
  ["no mark", [403], (at) => form(at, `${at.field}=1`)],
  ["a made-up mark", [403], (at) => form(at, `csrf=${"A".repeat(43)}&${at.field}=1`)],
  ["a mark of a hundred kilobytes less", [403], (at) => form(at, `csrf=${"A".repeat(10_000)}&${at.field}=1`)],
  ["another session's mark", [403], (at) => form(at, `csrf=${at.otherCsrf}&${at.field}=1`)],
  ["no cookie", [403], (at) => form({ ...at, cookie: "" }, `csrf=${at.csrf}&${at.field}=1`)],
  [
    "a cookie that is none of ours",
    [403],
    (at) => form({ ...at, cookie: "session=../../etc/passwd; browser=%00" }, `csrf=${at.csrf}`),
  ],
  ["another site's origin", [403], (at) => form(at, `csrf=${at.csrf}&${at.field}=1`, { origin: "https://evil.example" })],
  ["an opaque origin", [403], (at) => form(at, `csrf=${at.csrf}&${at.field}=1`, { origin: "null" })],
  [
    "a navigation from another site",
    [403],
    (at) => form(at, `csrf=${at.csrf}&${at.field}=1`, { "sec-fetch-site": "cross-site" }),
  ],
  ["a sibling site", [403], (at) => form(at, `csrf=${at.csrf}&${at.field}=1`, { "sec-fetch-site": "same-site" })],
];

const wires: readonly Row[] = [
  ["enormous cookies", [431, 0], (at) => form({ ...at, cookie: `${at.cookie}; big=${"x".repeat(20_000)}` }, "a=1")],
  ["an enormous address", [431, 414, 0], (at) => ({ ...marked(at, "a=1"), path: `${at.path}?${"x".repeat(20_000)}` })],
  ["an enormous header", [431, 0], (at) => form(at, "a=1", { "x-big": "x".repeat(20_000) })],
  [
    "three hundred cookies",
    [403],
    (at) => form({ ...at, cookie: Array.from({ length: 300 }, (_, i) => `c${String(i)}=${String(i)}`).join("; ") }, "a=1"),
  ],
  ["a length that is no number", [400], (at) => form(at, "a=1", { "content-length": "many" })],
  ["both a length and chunks", [400], (at) => form(at, "a=1", { "transfer-encoding": "chunked" })],
  ...["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"].map((method): Row => [
    method,
    [404, 405],
    (at) => ({ ...marked(at, `${at.field}=1`), method }),
  ]),
];

export const attacks: readonly Attack[] = [...bodies, ...types, ...strangers, ...wires].map(([name, answers, make]) => ({
  name,
  answers,
  make,
}));

/** Request lines that a router, a URL parser, a file system or a database might stumble over. */
export const paths: readonly string[] = [
  ...[
    "//",
    "//evil.example/",
    "///",
    "/\\evil.example",
    "http://[bad",
    "http://evil.example/",
    "*",
    "/%",
    "/%00",
    "/%ff",
    "/..%2f..%2fpackage.json",
  ],
  ...[
    "/assets/../package.json",
    "/assets/..%2f..%2fpackage.json",
    "/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/assets/....//....//etc/passwd",
  ],
  ...["/assets/%00", "/assets/%5c..%5c..%5cpackage.json", "/assets/", "/assets/style.css", "/assets/__proto__"],
  ...[
    "/sign-in/%00",
    "/sign-in/%ff/code",
    "/sign-in/../activate",
    "/sign-in/__proto__/consent",
    `/sign-in/${"a".repeat(5_000)}`,
  ],
  ...[
    "/sign-in/abc/card",
    "/sign-in/abc/card/return",
    "/sign-in/abc/card/return?ticket=%00",
    "/sign-in/abc/card/return?ticket=a&ticket=b",
    `/sign-in/abc/card/return?ticket=${"a".repeat(5_000)}`,
    "/sign-in/abc/card/web-eid",
    "/sign-in/abc/card/refused/__proto__",
    "/sign-in/abc/card/refused/%ff",
    "/card-gone?lang=%00",
  ],
  ...["/activate/refused/__proto__", "/activate/refused/constructor", "/activate/refused/%00"],
  ...[
    "/activate/tax-authority/return",
    "/activate/tax-authority/return?state=%00&code=%ff",
    "/activate/tax-authority/return?iss=http://[",
    "/activate/tax-authority/return?state=a&state=b",
  ],
  ...["/?lang=%ff", "/?lang=en&lang=pt", "/?lang[]=en", "/?lang=__proto__", "/?%00", `/?${"a=1&".repeat(2_000)}`],
  ...[
    "/oidc/authorize",
    "/oidc/authorize?client_id=%00",
    "/oidc/authorize?client_id=%ff",
    "/oidc/authorize?client_id=a&client_id=b",
    "/oidc/authorize/%00",
  ],
  ...[
    "/oidc/authorize?client_id=demo-portal&claims=%7B",
    "/oidc/authorize?client_id=demo-portal&scope=%00&redirect_uri=%00",
    "/oidc/authorize/__proto__",
  ],
  ...[
    "/oidc/authorize?client_id=demo-portal&request=a.b.c",
    "/oidc/authorize?client_id=demo-portal&request_uri=http://127.0.0.1/",
    "/oidc/authorize?client_id=__proto__",
  ],
  ...[
    "/oidc/interaction/%00",
    "/oidc/interaction/%ff/finish",
    "/oidc/interaction/__proto__",
    "/oidc/userinfo",
    "/oidc/userinfo?access_token=%00",
    "/oidc/token",
    "/oidc/jwks?x=%00",
  ],
  ...[
    "/oidc/logout?client_id=%00",
    "/oidc/logout?id_token_hint=%00",
    "/oidc/logout?id_token_hint=a.b.c",
    "/oidc/logout?id_token_hint=eyJhbGciOiJub25lIn0.eyJhdWQiOiJcdTAwMDAifQ.",
    "/oidc/logout?post_logout_redirect_uri=https://evil.example/&client_id=demo-portal",
  ],
];

/** Not even HTTP. A second, whole request after the rubbish must not be answered as somebody else's. */
export const rubbish: readonly string[] = [
  "\r\n\r\n\r\n",
  "GET\r\n\r\n",
  "GET / HTTP/9.9\r\n\r\n",
  "GET / HTTP/1.1\r\n\r\n",
  "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
  "GET / HTTP/1.1\r\nHost: \u0000\r\n\r\n",
  "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
  "GET / HTTP/1.1\r\nHost: evil.example/../\r\n\r\n",
  "POST /oidc/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\na=1&b",
  "POST /oidc/token HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
  "POST /oidc/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\na",
  "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 40\r\n\r\nGET /activate HTTP/1.1\r\nHost: x\r\n\r\n12345",
  "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n\u0000\u0001\u0002 / HTTP/1.1\r\n\r\n",
  `GET / HTTP/1.1\r\nHost: localhost\r\n${"a: b\r\n".repeat(3_000)}\r\n`,
  "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  "CONNECT 169.254.169.254:80 HTTP/1.1\r\nHost: 169.254.169.254:80\r\n\r\n",
  "GET /reserved-area HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
];
