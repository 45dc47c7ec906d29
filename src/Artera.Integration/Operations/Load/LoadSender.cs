using System.Net.Sockets;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Operations.Load;

/// <summary>One connection, as interface engines have it: with one message in flight.</summary>
internal sealed class LoadSender(MllpDestination destination) : IDisposable
{
    /// <summary>For an acknowledgement.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const byte End = 0x1C;

    private readonly byte[] buffer = new byte[64 * 1024];
    private Socket? socket;

    /// <summary>Of the message in flight.</summary>
    public int Number { get; set; }

    /// <summary>When its waiting began.</summary>
    public long From { get; set; }

    /// <summary>Where its acknowledgement will come; null when it could not be sent.</summary>
    public Socket? Send(ReadOnlySpan<byte> message)
    {
        try
        {
            socket ??= Connect();
            socket.Send(Framed(message));
        }
        catch (SocketException)
        {
            // The next message connects again.
            Dispose();
        }

        return socket;
    }

    /// <summary>True: the message was acknowledged with AA or CA, by its control id.</summary>
    public bool Receive(ReadOnlySpan<byte> controlId)
    {
        try
        {
            if (IsAcceptance(Answer(), controlId))
                return true;
        }
        catch (SocketException)
        {
            // No answer is an outcome.
        }

        Dispose();
        return false;
    }

    public void Dispose()
    {
        socket?.Dispose();
        socket = null;
    }

    private Socket Connect()
    {
        var connecting = new Socket(SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = (int)Patience.TotalMilliseconds,
            SendTimeout = (int)Patience.TotalMilliseconds,
        };
        connecting.Connect(destination.Host, destination.Port);
        return connecting;
    }

    private ReadOnlySpan<byte> Framed(ReadOnlySpan<byte> message)
    {
        buffer[0] = 0x0B;
        message.CopyTo(buffer.AsSpan(1));
        buffer[message.Length + 1] = End;
        buffer[message.Length + 2] = 0x0D;
        return buffer.AsSpan(0, message.Length + 3);
    }

    private ReadOnlySpan<byte> Answer()
    {
        var length = 0;
        do
        {
            var read = socket!.Receive(buffer.AsSpan(length));
            if (read == 0)
                return [];
            length += read;
        }
        while (length < 2 || buffer[length - 2] != End);
        return buffer.AsSpan(0, length);
    }

    private static bool IsAcceptance(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> controlId)
    {
        var at = answer.IndexOf("\rMSA|"u8);
        if (at < 0)
            return false;
        var msa = answer[(at + 5)..];
        return (msa.StartsWith("AA|"u8) || msa.StartsWith("CA|"u8)) && msa[3..].StartsWith(controlId);
    }
}
