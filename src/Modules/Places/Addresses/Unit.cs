namespace Legwork.Places.Addresses;

/// <summary>What the word behind a number says of it, before the rest of the address is known.</summary>
internal enum Unit : byte
{
    /// <summary>No word: 1-2-101.</summary>
    None,
    Phase,
    Zone,

    /// <summary>巷: always part of where a door is.</summary>
    Alley,

    /// <summary>弄: a lane, or the door itself when nothing finer follows.</summary>
    Lane,
    Building,

    /// <summary>楼 and 层: a building when an entrance follows, else a floor,
    /// which tells doors apart where their numbers do not carry it.</summary>
    Storey,
    Entrance,
    Room,
    Group,
    Household,

    /// <summary>号: a house number, a building, a room or a household, by what stands around it.</summary>
    Number,

    /// <summary>#, which offices write for 号 and for 栋.</summary>
    Hash,

    /// <summary>附3号: a door cut from another.</summary>
    Sub,
    Ignored,
}

/// <summary>The parts of a door, in the order in which a key writes them.</summary>
internal enum Slot : byte
{
    Alley,
    Number,
    Phase,
    Zone,
    Building,
    Entrance,
    Room,
    Group,
    Household,
    Sub,
    Storey,
}
