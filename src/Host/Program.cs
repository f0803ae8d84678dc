using System.Text;
using Legwork.Host;
using Legwork.Host.Commands;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await LegworkCommand.Run(args, District.Modules);

/// <summary>Named so that tests can start the whole application.</summary>
public partial class Program;
