/** One browser's cookies at one host (RFC 6265, as far as a sign-in needs it: names, values, paths and ends). */

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

export interface Jar {
  keep(lines: readonly string[], requestPath: string): void;
  /** What goes into the Cookie header for that path. */
  header(requestPath: string): string;
}

export function createJar(): Jar {
  const cookies = new Map<string, Cookie>();

  function keepLine(line: string, requestPath: string): void {
    const [pair = "", ...attributes] = line.split(";");
    const equals = pair.indexOf("=");
    const [name, value] = [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()];
    const path = attributeOf(attributes, "path") ?? defaultPath(requestPath);
    if (hasEnded(attributes)) cookies.delete(`${name};${path}`);
    else cookies.set(`${name};${path}`, { name, value, path });
  }

  return {
    keep(lines, requestPath) {
      for (const line of lines) keepLine(line, requestPath);
    },
    header: (requestPath) =>
      [...cookies.values()]
        .filter(({ path }) => covers(path, requestPath))
        .map(({ name, value }) => `${name}=${value}`)
        .join("; "),
  };
}

function attributeOf(attributes: readonly string[], wanted: string): string | undefined {
  for (const attribute of attributes) {
    const [name = "", value = ""] = attribute.trim().split("=", 2);
    if (name.toLowerCase() === wanted) return value;
  }
  return undefined;
}

function hasEnded(attributes: readonly string[]): boolean {
  const [age, expires] = [attributeOf(attributes, "max-age"), attributeOf(attributes, "expires")];
  if (age !== undefined) return Number(age) <= 0;
  return expires !== undefined && Date.parse(expires) <= Date.now();
}

/** RFC 6265 5.1.4. */
function defaultPath(requestPath: string): string {
  return requestPath.slice(0, requestPath.lastIndexOf("/")) || "/";
}

function covers(path: string, requestPath: string): boolean {
  return requestPath === path || (requestPath.startsWith(path) && (path.endsWith("/") || requestPath[path.length] === "/"));
}
