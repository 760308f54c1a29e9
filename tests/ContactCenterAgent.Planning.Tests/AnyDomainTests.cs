using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Planning.Tests;

/// <summary>The same planner with tools that share no name with the optician's: nothing is known but what is declared.</summary>
public sealed class AnyDomainTests
{
    private static readonly EmbeddedPlanner Planner = new();

    private static Caller Guest() => new(Planner, Bistro.Tools);

    [Fact]
    public void Table_SaidInOneBreath_IsPlannedWhole() =>
        Guest().Says("hi I'd like a table for four on Friday at half past seven in the evening under the name of Marta Oliveira").CallTexts().ShouldBe([
            "free_tables(at=19:30, day=2026-11-27, people=4)",
            "reserve_table(guest=Marta Oliveira, table=$free_tables.table_ref)",
        ]);

    [Fact]
    public void Table_SaidBitByBit_IsAskedForInOrder()
    {
        var guest = Guest();
        guest.Says("can we get a table tomorrow").Asks().ShouldBe(["free_tables.people", "free_tables.at", "reserve_table.guest"]);
        guest.Says("two adults and a baby").Asks().ShouldBe(["free_tables.at", "reserve_table.guest"]);
        guest.Says("eight o'clock in the evening").CallTexts().ShouldBe(["free_tables(at=20:00, day=2026-11-24, people=3)"]);
        guest.Says("Marta Oliveira").CallTexts().Length.ShouldBe(2);
    }

    [Fact]
    public void TwoParametersOfOneType_AreToldApartByTheWordBefore()
    {
        Guest().Says("transfer fifty pounds from savings to my current account").CallTexts().ShouldBe(["move_money(amount=50.00 GBP, from_account=savings, to_account=current)"]);
        Guest().Says("transfer fifty pounds to savings from my current account").CallTexts().ShouldBe(["move_money(amount=50.00 GBP, from_account=current, to_account=savings)"]);
    }

    [Fact]
    public void Money_Corrected_TheLastAmountWins() =>
        Guest().Says("transfer fifteen pounds no sorry fifty pounds from savings to current").CallTexts().ShouldBe(["move_money(amount=50.00 GBP, from_account=savings, to_account=current)"]);

    [Fact]
    public void Wish_OfTheOptician_IsOutOfDomainHere()
    {
        var plan = Guest().Says("are my glasses ready");
        plan.Act.ShouldBe(TurnAct.OutOfDomain);
        plan.Calls.ShouldBeEmpty();
    }

    [Fact]
    public void Read_ThenItsSibling_KeepsBothApart()
    {
        var guest = Guest();
        guest.Says("what's the balance of my savings account").CallTexts().ShouldBe(["balance(account=savings)"]);
        guest.Knows("balance", "balance", [("account", "savings")], ResultRow.Of(("amount", "12.00")));
        guest.Says("and my current account").CallTexts().ShouldBe(["balance(account=current)"]);
    }

    [Fact]
    public void Default_IsNeverAskedFor()
    {
        var guest = Guest();
        guest.Says("I want to order wine").Asks().ShouldBe(["order_wine.budget"]);
        guest.Says("thirty quid").CallTexts().ShouldBe(["order_wine(budget=30.00 GBP)"]);
    }
}
