package dev.orrery.database;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/** What the catalogue of a migrated database says about the services. */
public final class Privileges {

    private static final String SERVICES =
            "array['orrery_ingest', 'orrery_enrichment', 'orrery_prompt', 'orrery_llm', 'orrery_billing']";

    /** From where a statement says what the function answers, to its end. */
    private static final Pattern ANSWER =
            Pattern.compile("(?:verdict :=|finding :=|return case|return ')[^;]*");

    private static final Pattern WORD = Pattern.compile("'(\\w+)'");

    private Privileges() {}

    /**
     * One row a table or view: what each service may do with it. A grant on some columns names
     * them.
     */
    public static List<String> rows() throws SQLException {
        try (var superuser = MigratedDatabase.create().asSuperuser()) {
            return superuser.all(
                    """
                    with privileges as (
                      select table_schema, table_name, grantee, lower(privilege_type) as may, null as columns
                        from information_schema.role_table_grants
                      union all
                      select c.table_schema, c.table_name, c.grantee, lower(c.privilege_type),
                             ' (' || string_agg(c.column_name, ', ' order by c.column_name) || ')'
                        from information_schema.column_privileges c
                       where not exists (select from information_schema.role_table_grants t
                                          where t.table_schema = c.table_schema and t.table_name = c.table_name
                                            and t.grantee = c.grantee and t.privilege_type = c.privilege_type)
                       group by 1, 2, 3, 4),
                    told as (
                      select table_schema, table_name, grantee,
                             string_agg(may || coalesce(columns, ''), ', '
                               order by array_position(array['select', 'insert', 'update', 'delete'], may)) as may
                        from privileges where grantee = any (%1$s)
                       group by 1, 2, 3)
                    select format('| `%%s.%%s` | %%s |', r.nspname, r.relname,
                                  string_agg(coalesce(told.may, '–'), ' | ' order by s.number))
                      from (select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                             where n.nspname in ('chat', 'enrichment', 'llm', 'billing') and c.relkind in ('r', 'v')) r
                     cross join unnest(%1$s) with ordinality as s (role, number)
                      left join told on told.table_schema = r.nspname and told.table_name = r.relname
                                    and told.grantee = s.role
                     group by r.nspname, r.relname
                     order by r.nspname, r.relname
                    """
                            .formatted(SERVICES),
                    row -> row.getString(1));
        }
    }

    /** Every function that a service may call. */
    public static List<String> functions() throws SQLException {
        try (var superuser = MigratedDatabase.create().asSuperuser()) {
            return superuser.all(
                    """
                    select distinct n.nspname || '.' || p.proname
                      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                     cross join unnest(%s) as service
                     where n.nspname in ('chat', 'enrichment', 'llm', 'billing')
                       and has_function_privilege(service, p.oid, 'execute')
                    """
                            .formatted(SERVICES),
                    row -> row.getString(1));
        }
    }

    /** Every word that a function can answer with, as its source has it. */
    public static List<String> verdicts() throws SQLException {
        try (var superuser = MigratedDatabase.create().asSuperuser()) {
            return superuser
                    .all(
                            """
                            select p.prosrc from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                             where n.nspname in ('chat', 'billing')
                               and p.proname in ('accept_turn', 'begin_run', 'finish_turn', 'sweep_turns', 'top_up', 'refund')
                            """,
                            row -> row.getString(1))
                    .stream()
                    .flatMap(source -> ANSWER.matcher(source).results())
                    .flatMap(answer -> WORD.matcher(answer.group()).results())
                    .map(word -> word.group(1))
                    .distinct()
                    .toList();
        }
    }
}
