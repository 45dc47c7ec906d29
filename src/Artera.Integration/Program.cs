using Artera.Integration.Operations;

return await Verbs.Run(args);
