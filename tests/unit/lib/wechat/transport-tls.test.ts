import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Certificates, loadCertificates } from "@/lib/sandbox/identity/certificates";
import { WechatError } from "@/lib/wechat/errors";
import { createTransport } from "@/lib/wechat/transport";

const folder = mkdtempSync(join(tmpdir(), "zhanggui-tls-"));
let certificates: Certificates;
let server: ReturnType<typeof createServer>;
let url: string;

beforeAll(async () => {
  certificates = await loadCertificates({ folder, mchId: "10000100" });
  const { serverCertificate: cert, serverKey: key, ca } = certificates;
  server = createServer(
    { cert, key, ca, requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      const socket = request.socket as TLSSocket;
      if (request.url === "/secapi" && !socket.authorized) {
        response
          .writeHead(400, { "content-type": "text/html" })
          .end("<html>400 No required SSL certificate was sent</html>");
        return;
      }
      response.end(socket.authorized ? socket.getPeerCertificate().subject.CN : "nobody");
    },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `https://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

describe("TLS to WeChat", () => {
  test("trusts the CA file besides the usual ones, and sends no certificate unless asked", async () => {
    expect(await get({ caFile: certificates.files.ca })).toBe("nobody");
  });

  test("a server of an unknown CA is not talked to", async () => {
    await expect(get({})).rejects.toMatchObject({ kind: "unknown_result", code: "NETWORK" });
  });

  test("the client certificate goes with the calls that ask for it", async () => {
    const identity = {
      caFile: certificates.files.ca,
      certFile: certificates.files.merchantCertificate,
      keyFile: certificates.files.merchantKey,
    };

    expect(await get(identity, "/secapi", true)).toBe("10000100");
  });

  test("the key is read when first needed: a shop without one works until it refunds", async () => {
    const identity = {
      caFile: certificates.files.ca,
      certFile: join(folder, "none.pem"),
      keyFile: join(folder, "none.pem"),
    };

    expect(await get(identity)).toBe("nobody");
    await expect(get(identity, "/secapi", true)).rejects.toMatchObject({
      kind: "refused",
      code: "CERT_ERROR",
    });
    await expect(get({ caFile: certificates.files.ca }, "/secapi", true)).rejects.toMatchObject({
      kind: "refused",
      code: "CERT_ERROR",
    });
  });

  test("a certificate that was refused is read again: a renewed file needs no restart", async () => {
    const other = mkdtempSync(join(tmpdir(), "zhanggui-tls-other-"));
    const wrong = (await loadCertificates({ folder: other, mchId: "10000100" })).files;
    const right = certificates.files;
    const [certFile, keyFile] = [join(other, "cert.pem"), join(other, "key.pem")];
    copyFileSync(wrong.merchantCertificate, certFile);
    copyFileSync(wrong.merchantKey, keyFile);
    const transport = createTransport({ caFile: right.ca, certFile, keyFile });
    const call = () =>
      transport.send({ method: "POST", url: `${url}/secapi`, body: "x", withCertificate: true });

    await expect(call()).rejects.toMatchObject({ code: "CERT_ERROR" });
    copyFileSync(right.merchantCertificate, certFile);
    copyFileSync(right.merchantKey, keyFile);

    expect(Buffer.from(await call()).toString()).toBe("10000100");
    await transport.close();
    rmSync(other, { recursive: true });
  });

  test("a file that is no certificate is said to be that, without a word of what it contains", async () => {
    const broken = join(folder, "broken.pem");
    writeFileSync(broken, "topsecret");
    const identity = { caFile: certificates.files.ca, certFile: broken, keyFile: broken };

    const error = await get(identity, "/secapi", true).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(WechatError);
    expect(error).toMatchObject({ kind: "refused", code: "CERT_ERROR" });
    expect(String(error)).not.toContain("topsecret");
  });

  test("WeChat's 400 page about a missing certificate is a certificate error, not a time to try again", async () => {
    await expect(get({ caFile: certificates.files.ca }, "/secapi")).rejects.toMatchObject({
      kind: "refused",
      code: "CERT_ERROR",
    });
  });
});

async function get(
  options: Parameters<typeof createTransport>[0],
  path = "/",
  withCertificate = false,
): Promise<string> {
  const transport = createTransport(options);
  try {
    return Buffer.from(
      await transport.send({ method: "GET", url: `${url}${path}`, withCertificate }),
    ).toString();
  } finally {
    await transport.close();
  }
}
