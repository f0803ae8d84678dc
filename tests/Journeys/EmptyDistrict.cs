namespace Legwork.Journeys.Tests;

/// <summary>A served district with its staff and nobody else. Like <see cref="LivingDistrict"/>, a quick run makes none.</summary>
public sealed class EmptyDistrict : IAsyncLifetime
{
    private readonly ServedDistrict? served = TestRun.Quick ? null : new ServedDistrict();

    public ServedDistrict Served
    {
        get
        {
            TestRun.Browser();
            return served!;
        }
    }

    public ValueTask InitializeAsync() => served?.InitializeAsync() ?? ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => served?.DisposeAsync() ?? ValueTask.CompletedTask;
}
