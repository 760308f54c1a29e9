using ContactCenterAgent.Host.Cli;

return await CommandLine.RunAsync(CommandLine.Root(), args, System.Console.Error);
