package io.grouppulse.loadtests;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A server of its own that sends every client some texts each period by {@code writeTextMessage}, as Vert.x's manual does. */
public final class PlainVertx {
    private static long seq;

    private PlainVertx() {}

    /** Arguments: port, period in milliseconds, texts each period, bytes of a text. */
    public static void main(String[] args) {
        int frames = Integer.parseInt(args[2]);
        int bytes = Integer.parseInt(args[3]);
        Vertx vertx = Vertx.vertx();
        Set<ServerWebSocket> clients = ConcurrentHashMap.newKeySet();
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(Integer.parseInt(args[0])))
                .webSocketHandler(client -> {
                    clients.add(client);
                    client.closeHandler(closed -> clients.remove(client));
                })
                .listen()
                .onFailure(cause -> {
                    System.err.println("no server on port " + args[0] + ": " + cause.getMessage());
                    System.exit(1);
                });
        vertx.setPeriodic(Long.parseLong(args[1]), timer -> {
            for (int i = 0; i < frames; i++) {
                String text = "{\"seq\":" + seq++ + ",\"pad\":\"" + "x".repeat(bytes - 30) + "\"}";
                for (ServerWebSocket client : clients) {
                    if (!client.writeQueueFull()) {
                        client.writeTextMessage(text);
                    }
                }
            }
        });
    }
}
