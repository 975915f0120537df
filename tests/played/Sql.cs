// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// T-SQL: Microsoft's own parser, and databases that answer what a world says. Each statement that reaches one goes
// through the parser of the oldest SQL Server that is supported.
using System.Text.RegularExpressions;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Played;

public static class Sql
{
	// "line:column: text", empty when both parsers take it.
	private static readonly Dictionary<string, List<string>> judged = [];

	public static List<string> Errors(string text)
	{
		if (judged.TryGetValue(text, out var found))
			return found;
		judged[text] = found = [];
		foreach (var (name, parser) in new (string, TSqlParser)[]
			{ ("2012", new TSql110Parser(true)), ("2025", new TSql170Parser(true)) })
		{
			using var reader = new StringReader(text);
			parser.Parse(reader, out var errors);
			found.AddRange(errors.Select(e => $"{e.Line}:{e.Column}: SQL Server {name}: {e.Message}"));
		}
		return found;
	}
}

public sealed class SqlDatabase
{
	public string Server, Name;
	public bool Refuses;
	private readonly List<(string Part, object Value)> answers = [];

	// What a statement gives whose text has this part; the longest part wins. A list of lists is rows.
	// A function is asked when the statement comes.
	public SqlDatabase Answer(string part, Func<object> value) => Answer(part, (object)value);

	public SqlDatabase Answer(string part, object value)
	{
		answers.RemoveAll(a => a.Part == part);
		answers.Add((part, value));
		return this;
	}

	public object Ask(string statement)
	{
		Here.Moment("sql " + Name + ": " + statement);
		var errors = Sql.Errors(statement);
		if (errors.Count > 0)
			throw new Violation("no T-SQL: " + errors[0] + " in " + statement);
		var found = answers.Where(a => statement.Contains(a.Part, StringComparison.OrdinalIgnoreCase))
			.OrderByDescending(a => a.Part.Length).ToList();
		return found.Count > 0 ? (found[0].Value is Func<object> now ? now() : found[0].Value) : throw new InvalidOperationException(
			"The pretended database " + Name + " has no answer to: " + statement);
	}
}

public sealed class PretendedConnectionString
{
	private readonly Dictionary<string, object> parts = new(StringComparer.OrdinalIgnoreCase);
	public object this[string name] { get => parts.GetValueOrDefault(name); set => parts[name] = value; }
	public string ConnectionString => string.Join(';', parts.Select(p => p.Key + "=" + p.Value));
}

public sealed class PretendedConnection(string text) : IDisposable
{
	private SqlDatabase database;
	public string ConnectionString { get; } = text;
	public string State => database is null ? "Closed" : "Open";
	public string Database => database?.Name;

	private string Part(string name) =>
		Regex.Match(ConnectionString, "(?i)(?:^|;)" + name + "=([^;]*)").Groups[1].Value;

	public void Open()
	{
		var (server, name) = (Part("Data Source"), Part("Initial Catalog"));
		database = Here.World.Databases.FirstOrDefault(d => d.Server.Equals(server, StringComparison.OrdinalIgnoreCase) &&
			(name == "" || name == "master" || d.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
		if (database is null || database.Refuses)
			throw new InvalidOperationException("A network-related or instance-specific error occurred: " + server);
	}

	public PretendedCommand CreateCommand() => new() { Database = database };
	public void Close() { }
	public void Dispose() { }
}

public sealed class PretendedCommand : IDisposable
{
	internal SqlDatabase Database { get; init; }
	public string CommandText { get; set; }
	public int CommandTimeout { get; set; }

	public object ExecuteScalar()
	{
		var value = Database.Ask(CommandText);
		return value is IEnumerable<object[]> rows ? rows.FirstOrDefault()?[0] : value;
	}

	public PretendedReader ExecuteReader() =>
		new(Database.Ask(CommandText) is var value && value is IEnumerable<object[]> rows ? [.. rows] : [[value]]);

	public void Dispose() { }
}

public sealed class PretendedReader(List<object[]> rows) : IDisposable
{
	private int at = -1;
	public bool HasRows => rows.Count > 0;
	public int FieldCount => rows.Count > 0 ? rows[0].Length : 0;
	public bool Read() => ++at < rows.Count;
	public string GetName(int column) => "";
	public object GetValue(int column) => rows[at][column] ?? DBNull.Value;
	public object this[int column] => GetValue(column);
	public bool IsDBNull(int column) => rows[at][column] is null or DBNull;
	public string GetString(int column) => (string)rows[at][column];
	public void Close() { }
	public void Dispose() { }
}
