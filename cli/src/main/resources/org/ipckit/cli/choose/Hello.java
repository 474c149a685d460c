import org.ipckit.transport.*;

public class Hello {
    public static void main(String[] args) {
        if (args[0].equals("alice")) {
            try (Listener listener = Transports.listen("uds://hello");
                    Connection bob = listener.accept()) {
                System.out.println(bob.receive().toUtf8());
                bob.send(Message.utf8("Hello, Bob"));
            }
        } else {
            try (Connection alice = Transports.connect("uds://hello")) {
                alice.send(Message.utf8("Hello, Alice"));
                System.out.println(alice.receive().toUtf8());
            }
        }
    }
}
