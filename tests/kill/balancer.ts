/** What stands before several processes: connections in turn, past those that do not answer. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Balancer {
  readonly port: number;
  close(): Promise<void>;
}

export async function openBalancer(ports: readonly number[]): Promise<Balancer> {
  let turn = 0;
  const open = new Set<Socket>();
  const reach = (client: Socket, tries: number): void => {
    const port = ports[turn++ % ports.length] ?? 0;
    const server = connect(port, '127.0.0.1', () => {
      client.pipe(server).pipe(client);
    });
    open.add(server);
    server.once('close', () => {
      open.delete(server);
      client.destroy();
    });
    server.once('error', () => {
      if (server.bytesWritten > 0 || tries === 1 || !server.pending) {
        client.destroy();
        return;
      }
      server.removeAllListeners('close');
      open.delete(server);
      reach(client, tries - 1);
    });
    client.once('close', () => server.destroy());
  };
  const listener = createServer((client) => {
    client.on('error', () => client.destroy());
    reach(client, ports.length);
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    close: async () => {
      for (const socket of open) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
}
