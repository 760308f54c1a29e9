// Calls that are paced in real time: two at once on a small machine would be each other's jitter.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
