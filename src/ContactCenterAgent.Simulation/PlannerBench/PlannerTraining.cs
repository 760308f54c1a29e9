using ContactCenterAgent.Planning.Learning;

namespace ContactCenterAgent.Simulation.PlannerBench;

/// <summary>Makes weights from labelled folders and reads them again. Weights carry the licence of the data that they were made from.</summary>
public static class PlannerTraining
{
    private const string SlotsFile = "slots.tsv", CalibrationFile = "calibration.tsv";

    /// <summary>Learns from a folder of the form of restaurant8k or sgd-calls and writes the weights.</summary>
    /// <param name="data">The labelled folder.</param>
    /// <param name="part">Which of its lines.</param>
    /// <param name="weights">The folder to write to; made where it is missing.</param>
    /// <exception cref="InvalidDataException">The folder has no labelled form.</exception>
    public static void Run(string data, DataPart part, string weights)
    {
        if (SlotBench.Fits(data))
        {
            Directory.CreateDirectory(weights);
            using var file = new StreamWriter(Path.Combine(weights, SlotsFile));
            SlotBench.Train(data, part).Save(file);
            using var calibration = new StreamWriter(Path.Combine(weights, CalibrationFile));
            SlotBench.Calibrate(data, part).Save(calibration);
        }
        else if (CallDialogues.Fits(data))
        {
            CallBench.Train(data, part, []).Save(weights);
        }
        else
        {
            throw new InvalidDataException($"{data}: no utterances.jsonl and no dialogues.jsonl with services.json to learn from");
        }
    }

    /// <summary>The tagger in a folder of weights.</summary>
    /// <exception cref="FileNotFoundException">The folder has none.</exception>
    public static SequenceTagger Tagger(string weights)
    {
        using var file = new StreamReader(Path.Combine(weights, SlotsFile));
        return SequenceTagger.Load(file);
    }
}
