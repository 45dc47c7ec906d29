Console.WriteLine("artera-integration");
