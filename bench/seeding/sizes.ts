import type { MigratableDatabase } from "#platform/database";

export interface Size {
  readonly name: string;
  readonly kind: "table" | "index";
  readonly bytes: number;
}

/** The tables people are kept in, and their indexes. */
export async function sizesOf(db: MigratableDatabase): Promise<Size[]> {
  return db<Size>`
    select n.nspname || '.' || c.relname as name, case c.relkind when 'i' then 'index' else 'table' end as kind,
           pg_relation_size(c.oid)::bigint as bytes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'i') and n.nspname in ('citizens', 'mobile_keys') and pg_relation_size(c.oid) > 0
    order by kind desc, name`;
}
