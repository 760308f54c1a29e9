using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Planning.Tests;

public sealed class EmbeddedPlannerTests
{
    [Fact]
    public void Turn_CorrectedInMidSentence_TheLastValueWins()
    {
        var caller = Caller.OfNorthgate();
        var plans = caller.SaysWordByWord("It's Dana Whitfield could you move my appointment with doctor Lee to uh Tuesday no Thursday afternoon");
        caller.Last.Asks().ShouldBe(["verify_customer.date_of_birth"]);
        caller.Says("twelfth of March eighty four").CallTexts().ShouldBe([
            "verify_customer(date_of_birth=1984-03-12, name=Dana Whitfield)",
            "list_appointments(customer_id=$verify_customer.customer_id)",
            "find_slots(date=2026-11-26, provider=Doctor Lee, service=$list_appointments.service, time=12:00/17:00)",
            "reschedule_appointment(appointment_id=$list_appointments.appointment_id, customer_id=$verify_customer.customer_id, slot_id=$find_slots.slot_id)",
        ]);
        plans[2].CallTexts().ShouldBe(["find_customer(name=Dana Whitfield)"], "who is calling may be looked up before the wish is known");
    }

    [Fact]
    public void Booking_WordByWord_StartsEachReadWithTheWordThatCompletesIt()
    {
        var caller = Caller.OfNorthgate();
        caller.Says("it's Dana Whitfield");
        var plans = caller.SaysWordByWord("I'd like to book an eye test on Thursday at half past two");
        plans[6].CallTexts().ShouldContain("find_slots(service=eye test)");
        plans[8].CallTexts().ShouldContain("find_slots(date=2026-11-26, service=eye test)");
        plans[9].MidValue.ShouldBeTrue("at ...");
        plans[11].MidValue.ShouldBeTrue("half past ...");
        plans[12].CallTexts().ShouldBe([
            "find_customer(name=Dana Whitfield)",
            "find_slots(date=2026-11-26, service=eye test, time=14:30)",
            "book_appointment(customer_id=$find_customer.customer_id, slot_id=$find_slots.slot_id)",
        ]);
        plans[12].Complete.ShouldBeTrue();
        plans[12].Explained.ShouldBeTrue();
        plans[12].Call("book_appointment").Requested.ShouldBeTrue();
        plans[12].Call("book_appointment").Answers.ShouldBeTrue();
        plans[12].Call("find_slots").Answers.ShouldBeFalse();
    }

    [Fact]
    public void Evidence_OfACall_IsTheWordsItRestsOn()
    {
        var caller = Caller.OfNorthgate();
        var plan = caller.Says("um how much is a contact lens check please");
        plan.Call("list_services").Evidence.ShouldContain(5);
        plan.Call("list_services").Evidence.ShouldContain(2);
        plan.Call("list_services").Evidence.ShouldNotContain(8);
    }

    [Fact]
    public void BareAnswer_ToWhatWasAsked_FillsIt()
    {
        var caller = Caller.OfNorthgate();
        caller.Says("I need an appointment").Asks().ShouldBe(["find_customer.name", "find_slots.service", "find_slots.date"]);
        caller.Says("Dana Whitfield").CallTexts().ShouldBe(["find_customer(name=Dana Whitfield)"]);
        caller.Says("an eye test").Asks().ShouldBe(["find_slots.date"]);
        caller.Says("tomorrow at two").CallTexts().ShouldContain("find_slots(date=2026-11-24, service=eye test, time=14:00)");
    }

    [Fact]
    public void Answer_ToAnotherQuestionThanAsked_IsTakenAllTheSame()
    {
        var caller = Caller.OfNorthgate();
        caller.Says("I have a new phone number").Ask[0].Parameter.ShouldBe("name");
        caller.Says("oh seven seven double oh nine hundred one two three").Asks().ShouldBe(["verify_customer.name", "verify_customer.date_of_birth"]);
        caller.Says("Dana Whitfield");
        var plan = caller.Says("the twelfth of March nineteen eighty four");
        plan.CallTexts().ShouldBe(["verify_customer(date_of_birth=1984-03-12, name=Dana Whitfield)", "change_phone(customer_id=$verify_customer.customer_id, phone=+447700900123)"]);
        plan.Call("change_phone").Requested.ShouldBeTrue("it was asked for in the first turn");
    }

    [Theory]
    [InlineData("yes", Affirmation.Yes)]
    [InlineData("yes please", Affirmation.Yes)]
    [InlineData("Yeah, go ahead.", Affirmation.Yes)]
    [InlineData("that's right thank you", Affirmation.Yes)]
    [InlineData("um okay that sounds good", Affirmation.Yes)]
    [InlineData("perfect", Affirmation.Yes)]
    [InlineData("no", Affirmation.No)]
    [InlineData("no thanks", Affirmation.No)]
    [InlineData("please don't", Affirmation.No)]
    [InlineData("yes but make it a quarter to three", Affirmation.Mixed)]
    [InlineData("yes and when are you open on Saturday", Affirmation.Mixed)]
    [InlineData("no half past three", Affirmation.Mixed)]
    [InlineData("what about Friday", Affirmation.None)]
    public void ReadBack_Answered_IsReadAsYesNoOrNeither(string words, Affirmation expected)
    {
        var caller = Offered();
        caller.Says(words).Affirmation.ShouldBe(expected);
    }

    [Fact]
    public void Yes_WithoutAReadBack_AffirmsNothing() => Caller.OfNorthgate().Says("yes please").Affirmation.ShouldBe(Affirmation.None);

    [Fact]
    public void No_ToTheReadBack_DropsTheOfferAndAsksWhatElse()
    {
        var caller = Offered();
        var plan = caller.Says("no thanks");
        plan.Calls.ShouldBeEmpty();
        plan.Asks().ShouldBe(["find_slots.date"]);
        plan.Tasks.ShouldContain(t => t.Id == "book_appointment");
        caller.ReadBack = null;
        caller.Proposals.Clear();
        caller.Says("what about Friday").CallTexts().ShouldContain("find_slots(date=2026-11-27, service=eye test, time=14:30)");
    }

    [Theory]
    [InlineData("something later", "find_slots(date=2026-11-26, service=eye test, time=14:31/24:00)")]
    [InlineData("do you have anything earlier", "find_slots(date=2026-11-26, service=eye test, time=00:00/14:30)")]
    [InlineData("no half past three", "find_slots(date=2026-11-26, service=eye test, time=15:30)")]
    [InlineData("what about Friday", "find_slots(date=2026-11-27, service=eye test, time=14:30)")]
    [InlineData("another day please", "find_slots(date=2026-11-27/2026-12-10, service=eye test, time=14:30)")]
    [InlineData("with Doctor Patel please", "find_slots(date=2026-11-26, provider=Doctor Patel, service=eye test, time=14:30)")]
    public void Offer_Changed_RefinesTheSameTask(string words, string expected)
    {
        var caller = Offered();
        var plan = caller.Says(words);
        plan.CallTexts().ShouldContain(expected);
        plan.Call("book_appointment").Task.ShouldBe("book_appointment");
    }

    [Fact]
    public void Offer_OfSeveral_TheSecondOneIsTakenById()
    {
        var caller = Offered();
        caller.Says("the second one please").CallTexts().ShouldContain("book_appointment(customer_id=$find_customer.customer_id, slot_id=s2)");
    }

    [Fact]
    public void Yes_AgreedAndNothingOpenAnyMore_EndsTheTask()
    {
        var caller = Offered();
        caller.Says("yes please").Calls.ShouldNotBeEmpty();
        caller.ReadBack = null;
        caller.Proposals.Clear();
        var plan = caller.Says("and when are you open on Saturday");
        plan.CallTexts().ShouldBe(["opening_hours(date=2026-11-28)"]);
    }

    [Fact]
    public void Question_InsideABooking_KeepsTheBooking()
    {
        var caller = Offered();
        var plan = caller.Says("how much is an eye test");
        plan.CallTexts().ShouldContain("list_services(service=eye test)");
        plan.Calls.ShouldContain(c => c.Tool == "book_appointment");
        plan.Call("list_services").Answers.ShouldBeTrue();
    }

    [Fact]
    public void TwoWishes_JoinedByAnd_AreTwoTasks()
    {
        var plan = Caller.OfNorthgate().Says("what are your opening hours and how much is an eye test");
        plan.CallTexts().ShouldBe(["opening_hours()", "list_services(service=eye test)"]);
        plan.Explained.ShouldBeFalse();
    }

    [Fact]
    public void Wish_TakenBack_IsWithdrawn()
    {
        var caller = Caller.OfNorthgate();
        caller.Says("I want to cancel my appointment");
        var plan = caller.Says("actually forget it");
        plan.Withdrawn.ShouldBe(["cancel_appointment"]);
        plan.Tasks.ShouldBeEmpty();
        plan.Calls.ShouldBeEmpty();
    }

    [Fact]
    public void Wish_Denied_IsNotTaken()
    {
        var plan = Caller.OfNorthgate().Says("I don't want to cancel I want to move my appointment to Wednesday");
        plan.Tasks.Select(t => t.Id).ShouldBe(["reschedule_appointment"]);
    }

    [Theory]
    [InlineData("cancel my appointment", true)]
    [InlineData("could you cancel my appointment please", true)]
    [InlineData("I was wondering if you could cancel my appointment", true)]
    [InlineData("if I cancel my appointment do I have to pay", false)]
    [InlineData("I might cancel my appointment", false)]
    [InlineData("how do I cancel my appointment", false)]
    public void Request_IsUnmistakable_OnlyWithoutDoubtConditionOrQuestion(string words, bool requested)
    {
        var caller = Caller.OfNorthgate();
        caller.Says("are my glasses ready it's Dana Whitfield born twelfth of March 1984");
        caller.Says(words).Call("cancel_appointment").Requested.ShouldBe(requested);
    }

    [Fact]
    public void NegatedValue_IsNotTaken()
    {
        var caller = Offered();
        caller.Says("not Thursday, Wednesday").CallTexts().ShouldContain("find_slots(date=2026-11-25, service=eye test, time=14:30)");
    }

    [Theory]
    [InlineData("can I speak to a real person please", TurnAct.WantsPerson)]
    [InlineData("put me through to someone", TurnAct.WantsPerson)]
    [InlineData("thank you goodbye", TurnAct.Goodbye)]
    [InlineData("no that's all thanks", TurnAct.Goodbye)]
    [InlineData("hello good morning", TurnAct.Social)]
    [InlineData("sorry could you say that again", TurnAct.Repeat)]
    [InlineData("what's the weather like tomorrow", TurnAct.OutOfDomain)]
    [InlineData("when are you open", TurnAct.None)]
    public void Act_IsRead(string words, TurnAct expected)
    {
        var plan = Caller.OfNorthgate().Says(words);
        plan.Act.ShouldBe(expected);
        if (expected != TurnAct.None) plan.Calls.ShouldBeEmpty();
    }

    [Fact]
    public void Doubt_IsSaid()
    {
        var plan = Caller.OfNorthgate().Says("the thing with the blue whatsit");
        plan.Confidence.ShouldBeLessThan(0.5);
        plan.Calls.ShouldBeEmpty();
    }

    [Fact]
    public void IdentifiedCaller_NewTask_PlansTheSameSupportingCall()
    {
        var caller = Caller.OfNorthgate();
        caller.Says("are my glasses ready it's Dana Whitfield born 12 March 1984").CallTexts().ShouldBe([
            "verify_customer(date_of_birth=1984-03-12, name=Dana Whitfield)", "order_status(customer_id=$verify_customer.customer_id)"]);
        caller.Assurance = AssuranceLevel.Verified;
        caller.Knows("order_status", "verify_customer", [("name", "Dana Whitfield"), ("date_of_birth", "1984-03-12")], ResultRow.Of(("customer_id", "c1")));
        caller.Knows("order_status", "order_status", [("customer_id", "c1")], ResultRow.Of(("order", "NG10482")));
        caller.Says("great can I book an eye test for Friday").CallTexts().ShouldBe([
            "verify_customer(date_of_birth=1984-03-12, name=Dana Whitfield)",
            "find_slots(date=2026-11-27, service=eye test)",
            "book_appointment(customer_id=$verify_customer.customer_id, slot_id=$find_slots.slot_id)",
        ]);
    }

    [Fact]
    public void Person_NotFoundByName_NextItemIsAsked()
    {
        var caller = Caller.OfNorthgate();
        caller.Says("it's Dana Whitfield I'd like to book an eye test for Friday");
        caller.Knows("book_appointment", "find_customer", [("name", "Dana Whitfield")]);
        caller.Says("hello").Asks().ShouldBe(["find_customer.postcode"]);
        caller.Says("NG9 2TD").CallTexts().ShouldContain("find_customer(name=Dana Whitfield, postcode=NG9 2TD)");
    }

    [Fact]
    public void Another_OfTheSame_IsANewTask()
    {
        var caller = Offered();
        caller.Says("yes please");
        caller.ReadBack = null;
        caller.Proposals.Clear();
        var plan = caller.Says("can I make another appointment for a contact lens check on Friday");
        plan.Call("book_appointment").Task.ShouldBe("book_appointment#2");
        plan.Call("book_appointment").Another.ShouldBeTrue();
        plan.CallTexts().ShouldContain("find_slots(date=2026-11-27, service=contact lens check)");
    }

    [Theory]
    [InlineData("I'd like an eye test on the 3rd of December at quarter to three with Doctor Lee", "book_appointment")]
    [InlineData("hello can I book my eyes tested tomorrow afternoon", "book_appointment")]
    [InlineData("can I come in next week for a contact lens check any time after lunch", "book_appointment")]
    [InlineData("I need to rearrange my appointment", "reschedule_appointment")]
    [InlineData("I'd like to cancel please", "cancel_appointment")]
    [InlineData("my order number is NG10482", "order_status")]
    [InlineData("are my specs ready yet", "order_status")]
    [InlineData("can you tell me when my appointment is", "list_appointments")]
    [InlineData("my email address has changed it's dana.whitfield@example.com", "change_email")]
    [InlineData("do you have anything on Saturday for an eye test", "find_slots")]
    public void Wish_InOtherWordsThanTheExamples_IsFound(string words, string tool) =>
        Caller.OfNorthgate().Says(words).Tasks.Select(t => t.Tool).ShouldBe([tool]);

    [Theory]
    [InlineData("who won the football yesterday")]
    [InlineData("can you order me a pizza for tomorrow night")]
    [InlineData("do you sell umbrellas")]
    [InlineData("I need help with something")]
    [InlineData("it's my birthday on Friday")]
    public void Wish_OfNoTool_IsNotForcedOntoOne(string words)
    {
        var plan = Caller.OfNorthgate().Says(words);
        plan.Tasks.ShouldBeEmpty();
        plan.Confidence.ShouldBeLessThan(0.5);
    }

    [Fact]
    public void Statement_BesideAWish_IsItsReasonAndNoWish()
    {
        var plan = Caller.OfNorthgate().Says("it's Dana Whitfield I have an appointment with Doctor Lee and I need to change it to Friday afternoon");
        plan.Tasks.Select(t => t.Tool).ShouldBe(["reschedule_appointment"]);
    }

    [Fact]
    public void Rival_IsReadWhereTheBestReadingMakesNoSense()
    {
        var request = new PlanRequest
        {
            Generation = new(1),
            Role = PlannerRole.Draft,
            LocalNow = Caller.Monday,
            Tools = Northgate.Tools,
            Turn = new([.. "went are yew hoping on sat her day".Split(' ').Select(w => new Word(w, default, default, true))], ["when are you open on Saturday"]),
            Hash = new(7),
        };
        var plan = Caller.Opticians.Propose(request);
        plan.CallTexts().ShouldBe(["opening_hours(date=2026-11-28)"]);
        plan.Read.ShouldBe(request.Hash);
        plan.Calls[0].Evidence.ShouldBe(Enumerable.Range(0, 8));
    }

    [Fact]
    public void It_PointsAtWhatWasTalkedAbout()
    {
        var caller = Caller.OfNorthgate();
        caller.Says("can you tell me when my appointment is");
        caller.Says("can you move it to Friday").Tasks.Select(t => t.Tool).ShouldContain("reschedule_appointment");
    }

    [Fact]
    public void NewLook_WithAgain_IsFresh() => Caller.OfNorthgate().Says("are you still open on Saturday").Call("opening_hours").Fresh.ShouldBeTrue();

    /// <summary>An eye test on Thursday at half past two was read back, with one more slot behind it.</summary>
    private static Caller Offered()
    {
        var caller = Caller.OfNorthgate();
        caller.Says("it's Dana Whitfield I'd like to book an eye test on Thursday at half past two");
        caller.Knows("book_appointment", "find_customer", [("name", "Dana Whitfield")], ResultRow.Of(("customer_id", "c1"), ("name", "Dana Whitfield")));
        caller.Knows("book_appointment", "find_slots", [("service", "eye test"), ("date", "2026-11-26"), ("time", "14:30")],
            ResultRow.Of(("slot_id", "s1"), ("start", "2026-11-26T14:30"), ("provider", "Doctor Lee")), ResultRow.Of(("slot_id", "s2"), ("start", "2026-11-26T15:00"), ("provider", "Doctor Patel")));
        caller.Assurance = AssuranceLevel.Identified;
        return caller.IsReadBack("book_appointment", "book_appointment");
    }

    [Theory]
    [InlineData("what are your hours over Christmas", "opening_hours(date=2026-12-24/2026-12-26)")]
    [InlineData("what are your hours", "opening_hours()")]
    [InlineData("are you open on Boxing Day", "opening_hours(date=2026-12-26)")]
    [InlineData("what hours do you work on Christmas Eve", "opening_hours(date=2026-12-24)")]
    public void Hours_AskedFor_AreNeverABooking(string words, string call) => Caller.OfNorthgate().Says(words).CallTexts().ShouldBe([call]);

    [Theory]
    [InlineData("I want to make a complaint", TurnAct.OutOfDomain)]
    [InlineData("I'd like to complain about my glasses", TurnAct.OutOfDomain)]
    [InlineData("I want to make a complaint can I speak to the manager", TurnAct.WantsPerson)]
    public void Complaint_IsNoWishForATool(string words, TurnAct act)
    {
        var plan = Caller.OfNorthgate().Says(words);
        plan.CallTexts().ShouldBeEmpty();
        plan.Act.ShouldBe(act);
    }
}
