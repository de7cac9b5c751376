import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** A proxy on 127.0.0.1 that tunnels to any address, and keeps where it was asked to go. */
export class FakeProxy {
  /** Each `HOST:PORT` that was asked for. */
  readonly asked: string[] = [];
  /** Where a host that no name server knows really is: a port of this machine, by `HOST:PORT`. */
  readonly leads = new Map<string, number>();
  /** What a request must show as its login, e.g. `Basic …`. @default - nothing */
  login: string | undefined;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((_request, response) => response.writeHead(400).end('this proxy only tunnels'));
    this.#server.on('connect', (request, client: Socket) => {
      this.asked.push(request.url ?? '');
      this.keep(client);
      if (this.login !== undefined && request.headers['proxy-authorization'] !== this.login) {
        client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
        return;
      }
      const { hostname, port } = new URL(`http://${request.url ?? ''}`);
      const lead = this.leads.get(request.url ?? '');
      const server = connect(
        lead ?? Number(port === '' ? 80 : port),
        lead === undefined ? hostname : '127.0.0.1',
        () => {
          client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
          server.pipe(client);
          client.pipe(server);
        },
      );
      this.keep(server);
      server.on('error', () => client.destroy());
      client.on('error', () => server.destroy());
    });
  }

  static async start(): Promise<FakeProxy> {
    const proxy = new FakeProxy();
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get address(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  private keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
