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
	static final Set<String> SIMPLE = Set.of("date", "text", "int8", "numeric", "bool");

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

	static void everyValueCanBeRead() throws SQLException
	{
		try (Statement statement = connection.createStatement())
		{
			statement.setFetchSize(500);
			ResultSet result = statement.executeQuery("-- as a BI tool marks its queries\nSELECT * FROM weekly_cells");
			boolean simple = true;

			for (int i = 1; i <= result.getMetaData().getColumnCount(); i++)
				simple &= SIMPLE.contains(result.getMetaData().getColumnTypeName(i));
			check("results have simple types", simple);
			check("every value can be read", read(result).size() == 84);
		}
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
		everyValueCanBeRead();
		filtersWork();
		aggregatesTakeParameters();
		System.exit(failed > 0 ? 1 : 0);
	}
}
