// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// The window in front of which a person sits: what is shown is kept, what is asked is answered by the story.
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace Played;

// Who answers. A person who has no answer any more closes the window.
public class Person
{
	public readonly List<string> Asked = [];
	public Func<string, string> Answer = prompt => throw new Violation("nobody expected the question: " + prompt);
	public Func<string, int> Confirm = _ => 0;
	public Dictionary<string, string> Passwords = new(StringComparer.OrdinalIgnoreCase);
}

public sealed class PlayedHost(Person person) : PSHost
{
	private readonly PlayedScreen screen = new(person);
	public string Shown => screen.Shown.ToString();
	public int? Exit;
	public override string Name => "ConsoleHost";
	public override Version Version { get; } = new(4, 0);
	public override Guid InstanceId { get; } = Guid.NewGuid();
	public override PSHostUserInterface UI => screen;
	public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;
	public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;
	public override void SetShouldExit(int code) => Exit = code;
	public override void EnterNestedPrompt() => throw new NotSupportedException();
	public override void ExitNestedPrompt() => throw new NotSupportedException();
	public override void NotifyBeginApplication() { }
	public override void NotifyEndApplication() { }
}

public sealed class PlayedScreen(Person person) : PSHostUserInterface
{
	public readonly StringBuilder Shown = new();
	public override PSHostRawUserInterface RawUI { get; } = new PlayedRaw();
	public override bool SupportsVirtualTerminal => false;

	private string lastLine = "";

	public override void Write(string value)
	{
		Shown.Append(value);
		lastLine = value;
	}

	public override void Write(ConsoleColor front, ConsoleColor back, string value) => Write(value);

	public override void WriteLine(string value)
	{
		Write(value);
		Shown.Append('\n');
	}

	public override void WriteErrorLine(string value) => WriteLine(value);
	public override void WriteDebugLine(string value) => WriteLine(value);
	public override void WriteVerboseLine(string value) => WriteLine(value);
	public override void WriteWarningLine(string value) => WriteLine("WARNING: " + value);
	public override void WriteProgress(long source, ProgressRecord record) { }

	private string Ask(string prompt)
	{
		Here.Moment("asks " + prompt);
		person.Asked.Add(prompt);
		var answer = person.Answer(prompt);
		Shown.Append("> " + answer + "\n");
		return answer;
	}

	public override string ReadLine() => Ask(lastLine);

	public override SecureString ReadLineAsSecureString() => Secure(Ask(lastLine));

	private static SecureString Secure(string text)
	{
		var made = new SecureString();
		foreach (var letter in text)
			made.AppendChar(letter);
		return made;
	}

	public override Dictionary<string, PSObject> Prompt(string caption, string message,
		Collection<FieldDescription> fields)
	{
		var answers = new Dictionary<string, PSObject>();
		foreach (var field in fields)
		{
			var answer = Ask(field.Name);
			answers[field.Name] = PSObject.AsPSObject(
				field.ParameterTypeName == nameof(SecureString) ? Secure(answer) : answer);
		}
		return answers;
	}

	public override PSCredential PromptForCredential(string caption, string message, string user, string target)
	{
		Here.Moment("asks for a password");
		person.Asked.Add("password of " + user);
		return person.Passwords.TryGetValue(user, out var password) ? new PSCredential(user, Secure(password)) : null;
	}

	public override PSCredential PromptForCredential(string caption, string message, string user, string target,
		PSCredentialTypes types, PSCredentialUIOptions options) => PromptForCredential(caption, message, user, target);

	public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int standard)
	{
		Here.Moment("confirms");
		person.Asked.Add(caption + " " + message);
		return person.Confirm(message);
	}
}

public sealed class PlayedRaw : PSHostRawUserInterface
{
	public override Size BufferSize { get; set; } = new(160, 3000);
	public override Size WindowSize { get; set; } = new(160, 50);
	public override Size MaxWindowSize => new(160, 50);
	public override Size MaxPhysicalWindowSize => new(160, 50);
	public override Coordinates CursorPosition { get; set; }
	public override Coordinates WindowPosition { get; set; }
	public override int CursorSize { get; set; } = 1;
	public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;
	public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;
	public override string WindowTitle { get; set; } = "";
	public override bool KeyAvailable => false;
	public override void FlushInputBuffer() { }
	public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();
	public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException();
	public override void ScrollBufferContents(Rectangle s, Coordinates d, Rectangle c, BufferCell f) { }
	public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) { }
	public override void SetBufferContents(Rectangle rectangle, BufferCell fill) { }
}
