using Marketplace.Web.Shared;

namespace Marketplace.Tests.Shared;

public sealed class FieldHashTests
{
    public static TheoryData<string?[], string?[]> Pairs =>
        new()
        {
            { ["ab", "c"], ["a", "bc"] },
            { ["", "a"], ["a", ""] },
            { [null], [""] },
            { ["a"], ["a", null] },
            { ["a", "b"], ["b", "a"] },
        };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fields_do_not_run_into_each_other(string?[] one, string?[] other) =>
        Assert.NotEqual(FieldHash.Of(one), FieldHash.Of(other));

    [Fact]
    public void The_same_fields_have_the_hash_that_other_programs_compute() =>
        // printf '\0\0\0\3a\xc3\xb1\377\377\377\377' | sha256sum
        Assert.Equal(Expected, Convert.ToHexStringLower(FieldHash.Of("añ", null)));

    private const string Expected = "7ab598ce903241182cc90cbecdba581bcc9076ffc862397d93985c86cd66659d";
}
