import java.math.BigDecimal;
import java.nio.file.*;
import java.sql.*;
import java.time.LocalDate;
import java.util.*;

/**
 * Asks the questions, which questions.py wrote as lines, through pgjdbc and prints
 * the answers as JSON lines: each six times, as the fifth run is prepared by the
 * server and has binary results.
 */
public class AskJdbc
{
	static String json(Object value)
	{
		if (value == null)
			return "null";
		if (value instanceof Boolean)
			return (Boolean) value ? "\"1\"" : "\"0\"";
		return "\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
	}

	static String answer(PreparedStatement statement) throws SQLException
	{
		List<String> rows = new ArrayList<>();
		ResultSet result = statement.executeQuery();

		while (result.next())
		{
			List<String> row = new ArrayList<>();

			for (int i = 1; i <= result.getMetaData().getColumnCount(); i++)
				row.add(json(result.getObject(i)));
			rows.add("[" + String.join(", ", row) + "]");
		}
		return "[" + String.join(", ", rows) + "]";
	}

	static void bind(PreparedStatement statement, String parameters) throws SQLException
	{
		int i = 0;

		for (String parameter : parameters.isEmpty() ? new String[0] : parameters.split(", "))
		{
			String[] parts = parameter.split(" ", 2);

			switch (parts[0])
			{
				case "date": statement.setObject(++i, LocalDate.parse(parts[1])); break;
				case "integer": statement.setObject(++i, Integer.valueOf(parts[1])); break;
				case "decimal": statement.setObject(++i, new BigDecimal(parts[1])); break;
				default: statement.setObject(++i, parts[1]);
			}
		}
	}

	static String types(Connection connection) throws SQLException
	{
		List<String> types = new ArrayList<>();
		ResultSet result = connection.createStatement().executeQuery(
			"SELECT clicks_all, ctr, week, complete FROM weekly_report WHERE slice = 'total'");

		result.next();
		for (int i = 1; i <= 4; i++)
			types.add(json(result.getObject(i).getClass().getSimpleName()));
		return "[\"types\", [[" + String.join(", ", types) + "]]]";
	}

	public static void main(String[] arguments) throws Exception
	{
		Map<String, String> environment = System.getenv();
		Connection connection = DriverManager.getConnection(
			"jdbc:postgresql://localhost:" + environment.get("PGPORT") + "/" + environment.get("PGDATABASE"),
			environment.get("PGUSER"), environment.get("PGPASSWORD"));

		for (String line : Files.readAllLines(Path.of(arguments[0])))
		{
			String[] fields = line.split("\t", 3);
			Set<String> answers = new HashSet<>();

			// the comment that a tool puts in front ends with its line
			try (PreparedStatement statement = connection.prepareStatement(
				fields[2].replaceFirst("^(-- Metabase:: userID: 1 queryType: native) ", "$1\n")))
			{
				bind(statement, fields[1]);
				for (int run = 0; run < 6; run++)
					answers.add(answer(statement));
			}
			catch (SQLException error)
			{
				System.err.println(fields[0] + ": " + error.getMessage());
				continue;
			}
			if (answers.size() > 1)
				System.err.println(fields[0] + ": six runs have " + answers.size() + " answers");
			for (String rows : answers)
				System.out.println("[" + json(fields[0]) + ", " + (answers.size() == 1 ? rows : "[]") + "]");
		}
		System.out.println(types(connection));
	}
}
