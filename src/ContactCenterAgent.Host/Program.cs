using ContactCenterAgent.Host.Cli;

Terminal.Use();
return await CommandLine.RunAsync(CommandLine.Root(), args, System.Console.Error);
