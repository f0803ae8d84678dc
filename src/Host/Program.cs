using System.Globalization;
using System.Text;
using Legwork.Host;
using Legwork.Host.Commands;

// A number or a date is written the same on every machine; what people read is written in their language by the page.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await LegworkCommand.Run(args, District.Modules);

/// <summary>Named so that tests can start the whole application.</summary>
public partial class Program;
