using Legwork.Platform.Storage;

namespace Legwork.Host.Backup;

/// <summary>How a column's values are written in an archive, the same for both engines.</summary>
internal enum ColumnKind
{
    Text,
    Whole,
    Real,
    Bytes,
    Uuid,
}

internal sealed record ColumnShape(string Name, ColumnKind Kind);

/// <param name="Identity">The column that the engine numbers by itself through a sequence, if any.</param>
internal sealed record TableShape(string Name, IReadOnlyList<ColumnShape> Columns, string? Identity)
{
    /// <summary>What the engine keeps for itself and a restore makes anew.</summary>
    public const string MigrationTable = "platform_migration";

    /// <summary>Every table of the district but the list of migrations, by name.</summary>
    public static List<TableShape> All(Session session) =>
        [.. session.Query<Row>(session.Engine == Engine.Sqlite ? SqliteColumns : PostgresColumns)
            .Where(row => row.TableName != MigrationTable)
            .GroupBy(row => row.TableName)
            .Select(table => new TableShape(table.Key, [.. table.Select(row => new ColumnShape(row.ColumnName, KindOf(row.Type)))],
                table.FirstOrDefault(row => row.Numbered == 1)?.ColumnName))
            .OrderBy(table => table.Name, StringComparer.Ordinal)];

    public static bool AnyDistrict(Session session) => session.Scalar<long>(session.Engine == Engine.Sqlite
        ? "select count(*) from sqlite_master where type = 'table' and name = 'platform_migration'"
        : "select count(*) from information_schema.tables where table_schema = current_schema() and table_name = 'platform_migration'") > 0;

    private const string SqliteColumns = """
        select m.name as table_name, c.name as column_name, lower(c.type) as type, 0 as numbered
        from sqlite_master m join pragma_table_info(m.name) c
        where m.type = 'table' and m.name not like 'sqlite%' order by m.name, c.cid
        """;

    private const string PostgresColumns = """
        select c.table_name::text as table_name, c.column_name::text as column_name, c.data_type::text as type,
            case when c.is_identity = 'YES' then 1 else 0 end::bigint as numbered
        from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
        where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' order by c.table_name, c.ordinal_position
        """;

    private static ColumnKind KindOf(string type) => type switch
    {
        "text" => ColumnKind.Text,
        "bigint" or "integer" => ColumnKind.Whole,
        "real" or "double precision" => ColumnKind.Real,
        "blob" or "bytea" => ColumnKind.Bytes,
        "uuid" => ColumnKind.Uuid,
        _ => throw new InvalidOperationException(
            $"A column of type '{type}' cannot be backed up: migrations use text, bigint, real, bytes and uuid."),
    };

    private sealed record Row(string TableName, string ColumnName, string Type, long Numbered);
}
