using System.Data;
using System.Globalization;
using Dapper;
using Legwork.Kernel;

namespace Legwork.Platform.Storage;

/// <summary>
/// How values lie in columns, the same on both engines: instants are whole milliseconds since 1970 UTC (bigint), dates and
/// vague dates are ISO text, ids are uuid on PostgreSQL and text on SQLite.
/// </summary>
public static class ColumnTypes
{
    internal static void Register()
    {
        // Columns are snake_case, constructor parameters are not.
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.RemoveTypeMap(typeof(Guid));
        SqlMapper.RemoveTypeMap(typeof(Guid?));
        SqlMapper.RemoveTypeMap(typeof(DateOnly));
        SqlMapper.RemoveTypeMap(typeof(DateOnly?));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.AddTypeHandler(new Column<Guid>(value => value, ToGuid));
        SqlMapper.AddTypeHandler(new Column<PersonId>(value => value.Value, stored => new PersonId(ToGuid(stored))));
        SqlMapper.AddTypeHandler(new Column<CaseId>(value => value.Value, stored => new CaseId(ToGuid(stored))));
        SqlMapper.AddTypeHandler(new Column<DateTimeOffset>(value => value.ToUnixTimeMilliseconds(), stored => Instant((long)stored)));
        SqlMapper.AddTypeHandler(new Column<DateOnly>(value => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            stored => DateOnly.ParseExact((string)stored, "yyyy-MM-dd", CultureInfo.InvariantCulture)));
        SqlMapper.AddTypeHandler(new Column<VagueDate>(value => value.ToString(),
            stored => (string)stored is { Length: > 0 } text ? VagueDate.Parse(text) : default));
    }

    public static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static Guid ToGuid(object stored) => stored as Guid? ?? Guid.Parse((string)stored);

    private sealed class Column<T>(Func<T, object> store, Func<object, T> read) : SqlMapper.TypeHandler<T>
    {
        public override void SetValue(IDbDataParameter parameter, T? value) =>
            parameter.Value = value is null ? DBNull.Value : store(value);

        public override T Parse(object value) => read(value);
    }
}
