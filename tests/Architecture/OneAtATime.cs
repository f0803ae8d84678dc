[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)] // Mono.Cecil reads lazily from one stream and is not made for two threads
