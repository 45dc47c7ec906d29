using Mediator;

namespace Artera.Integration.Patients;

/// <summary>A patient is new or has new data.</summary>
public sealed record PatientChanged(long PatientId, bool ContactChanged) : INotification;

/// <summary>Everything of the losing patient now belongs to the survivor; its row is gone when the command ends.</summary>
public sealed record PatientsJoined(long SurvivorId, long LosingId) : INotification;

/// <summary>Nothing more may be sent.</summary>
public sealed record PatientDied(long PatientId) : INotification;
