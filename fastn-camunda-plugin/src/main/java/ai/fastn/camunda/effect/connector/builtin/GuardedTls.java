package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.effect.connector.EgressGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** TLS that trusts whom the operator trusts, over sockets that the guard has checked where they are a tenant's. */
final class GuardedTls extends SSLSocketFactory {

    private final SSLSocketFactory tls;
    private final SocketFactory plain;

    GuardedTls(EgressGuard guard, boolean checked) {
        this.tls = guard.trust().getSocketFactory();
        this.plain = checked ? new GuardedSockets(guard) : SocketFactory.getDefault();
    }

    /** Not yet connected; whoever uses it puts TLS on it by {@link #createSocket(Socket, String, int, boolean)}. */
    @Override
    public Socket createSocket() throws IOException {
        return plain.createSocket();
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return tls.createSocket(socket, host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return tls.createSocket(plain.createSocket(host, port), host, port, true);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket(host.getHostAddress(), port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return createSocket(address, port);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
    }
}
