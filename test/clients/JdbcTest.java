import java.math.BigDecimal;
import java.sql.*;
import java.time.LocalDate;
import java.util.*;

/**
 * What a BI tool on the JVM gets from the weekly report: the steps that
 * Metabase takes with pgjdbc, in statements of our own.
 */
public class JdbcTest
{
	static final Set<String> SIMPLE = Set.of("date", "text", "int8", "numeric", "float8", "bool");

	static int failed = 0;
	static Connection connection;

	static void check(String name, boolean good)
	{
		System.out.println((good ? "ok" : "not ok") + " - JDBC: " + name);
		if (!good)
			failed++;
	}

	/** All rows, each as the list of its objects' strings */
	static List<List<String>> query(String sql, Object... parameters) throws SQLException
	{
		try (PreparedStatement statement = connection.prepareStatement(sql))
		{
			for (int i = 0; i < parameters.length; i++)
				statement.setObject(i + 1, parameters[i]);
			return read(statement.executeQuery());
		}
	}

	static List<List<String>> read(ResultSet result) throws SQLException
	{
		List<List<String>> rows = new ArrayList<>();

		while (result.next())
		{
			List<String> row = new ArrayList<>();

			for (int i = 1; i <= result.getMetaData().getColumnCount(); i++)
				row.add(String.valueOf(result.getObject(i)));
			rows.add(row);
		}
		return rows;
	}

	static void connect() throws SQLException
	{
		Map<String, String> environment = System.getenv();

		connection = DriverManager.getConnection(
			"jdbc:postgresql://localhost:" + environment.get("PGPORT") + "/" + environment.get("PGDATABASE"),
			environment.get("PGUSER"), environment.get("PGPASSWORD"));
		connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
		connection.setReadOnly(true);
	}

	static void tablesAndColumnsAreFound() throws SQLException
	{
		Set<String> found = new TreeSet<>();
		ResultSet tables = connection.getMetaData().getTables(null, "public", "weekly%",
			new String[] {"VIEW", "MATERIALIZED VIEW"});

		while (tables.next())
			found.add(tables.getString("TABLE_NAME") + " " + tables.getString("TABLE_TYPE"));
		check("view and materialized view are listed",
			found.containsAll(Set.of("weekly_ads MATERIALIZED VIEW", "weekly_cells VIEW", "weekly_report VIEW")));

		ResultSet columns = connection.getMetaData().getColumns(null, "public", "weekly_report", null);
		boolean simple = true;
		boolean described = true;

		while (columns.next())
		{
			simple &= SIMPLE.contains(columns.getString("TYPE_NAME"));
			described &= columns.getString("REMARKS") != null;
		}
		check("columns have simple types", simple);
		check("columns are described", described);
	}

	/** What Metabase asks of each table that it finds: its type names, and a sample of all values */
	static void everyValueCanBeRead() throws SQLException
	{
		for (String view : List.of("weekly_report", "weekly_cells", "daily_cells", "weekly_change", "weekly_outlook"))
		{
			try (Statement statement = connection.createStatement())
			{
				List<String> sampled = new ArrayList<>();
				ResultSetMetaData columns = statement.executeQuery("SELECT * FROM " + view + " LIMIT 0").getMetaData();
				boolean simple = true;

				for (int i = 1; i <= columns.getColumnCount(); i++)
				{
					String column = "\"public\".\"" + view + "\".\"" + columns.getColumnName(i) + "\"";

					simple &= SIMPLE.contains(columns.getColumnTypeName(i));
					sampled.add(columns.getColumnTypeName(i).equals("text") ? "SUBSTRING(" + column + ", 1, 1234)" : column);
				}
				check(view + " has simple types", simple);
				statement.setFetchSize(500);
				check(view + " can be read, every value", !read(statement.executeQuery("-- Metabase\nSELECT "
					+ String.join(", ", sampled) + " FROM \"public\".\"" + view + "\" LIMIT 10000")).isEmpty());
			}
		}
	}

	/** The query of Metabase's sync lists materialized views as well, with the types of their columns */
	static void syncFindsThem() throws SQLException
	{
		check("sync lists the views and weekly_ads", query("SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
			+ " WHERE c.relkind IN ('r', 'p', 'v', 'f', 'm') AND n.nspname = ? AND has_any_column_privilege(c.oid, 'SELECT')"
			+ " AND c.relname IN ('weekly_ads', 'weekly_cells', 'weekly_change', 'weekly_outlook', 'weekly_report') ORDER BY 1", "public")
			.equals(List.of(List.of("weekly_ads"), List.of("weekly_cells"), List.of("weekly_change"), List.of("weekly_outlook"),
				List.of("weekly_report"))));
		check("of weekly_ads it knows all types but three", query("SELECT a.attname FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid"
			+ " WHERE a.attrelid = 'weekly_ads'::regclass AND a.attnum > 0"
			+ " AND t.typname NOT IN ('date', 'text', 'int8', 'int4', 'numeric') ORDER BY 1")
			.equals(List.of(List.of("clickers"), List.of("clicks"), List.of("row_key"))));
	}

	static void filtersWork() throws SQLException
	{
		String sql = "SELECT sum(clicks_all), sum(clicks_all) * 100.0 / sum(impressions) FROM weekly_cells"
			+ " WHERE week BETWEEN ? AND ? AND country IN (?, ?)";
		String literal = "SELECT sum(clicks_all), sum(clicks_all) * 100.0 / sum(impressions) FROM weekly_cells"
			+ " WHERE week BETWEEN '2026-03-09' AND '2026-03-22' AND country IN ('DE', 'FR')";
		List<List<String>> expected = query(literal);
		boolean same = true;

		// pgjdbc turns to a prepared statement with binary results at the fifth
		try (PreparedStatement statement = connection.prepareStatement(sql))
		{
			statement.setObject(1, LocalDate.of(2026, 3, 9));
			statement.setObject(2, LocalDate.of(2026, 3, 22));
			statement.setString(3, "DE");
			statement.setString(4, "FR");
			for (int i = 0; i < 8; i++)
				same &= read(statement.executeQuery()).equals(expected);
		}
		check("eight prepared runs equal the literal query", same);
	}

	static void aggregatesTakeParameters() throws SQLException
	{
		for (Object seven : List.of(7, 7L, 7.0, new BigDecimal("7"), (short) 7))
		{
			String kind = seven.getClass().getSimpleName();

			check("clicks_all of " + kind, query("SELECT clicks_all(?)", seven).equals(List.of(List.of("7"))));
			check("cpc of " + kind,
				query("SELECT cpc(?, ?) = 1", seven, seven).equals(List.of(List.of("true"))));
		}
		check("clicks_all over a product with a parameter",
			query("SELECT clicks_all(impressions * ?) = 2 * sum(impressions) FROM ad_daily", new BigDecimal(2))
				.equals(List.of(List.of("true"))));
	}

	public static void main(String[] arguments) throws SQLException
	{
		connect();
		tablesAndColumnsAreFound();
		syncFindsThem();
		everyValueCanBeRead();
		filtersWork();
		aggregatesTakeParameters();
		System.exit(failed > 0 ? 1 : 0);
	}
}
