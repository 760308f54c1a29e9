using ContactCenterAgent.Llm.Plans;

namespace ContactCenterAgent.Llm.Tests.Plans;

public sealed class EnglishReplyTests
{
    [Theory]
    [InlineData("One moment please.")]
    [InlineData("Of course.")]
    [InlineData("Doctor Okafor is in on Thursday afternoon.")]
    [InlineData("Which of the two would you like?")]
    [InlineData("Thanks, Renée.")]
    [InlineData("Sure!")]
    public void English_IsEnglish(string sentence) => EnglishReply.Is(sentence).ShouldBeTrue();

    [Theory]
    [InlineData("Ihr Termin ist gebucht.")]
    [InlineData("Was darf ich in den Kalender schreiben?")]
    [InlineData("Su cita está confirmada.")]
    [InlineData("Votre rendez-vous est confirmé.")]
    [InlineData("Il suo appuntamento è confermato.")]
    [InlineData("Ваша запись подтверждена.")]
    [InlineData("予約が完了しました。")]
    [InlineData("Uw afspraak is bevestigd.")]
    public void OtherLanguages_AreNot(string sentence) => EnglishReply.Is(sentence).ShouldBeFalse();
}
