[assembly: CollectionBehavior(DisableTestParallelization = true)] // Mono.Cecil reads lazily from one stream and is not made for two threads
