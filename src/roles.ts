/** Which doors and workers a process opens; all in one by default. */
import type { Role, Settings } from "#platform/settings";

export function plays(settings: Settings, role: Role): boolean {
  return settings.roles.includes(role);
}
