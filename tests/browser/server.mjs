// Serves a site on the loopback the way a content delivery network does: folders, 404 page, content types.
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const CONTENT_TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
  ".xml": "application/xml",
};

/** Serves `site` on a free port of 127.0.0.1 until `close` is called. */
export async function serve(site) {
  const server = createServer((request, response) => respond(site, request, response));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function respond(site, request, response) {
  const { status, path, location } = answer(site, new URL(request.url, "http://localhost").pathname);
  if (location) return response.writeHead(status, { location }).end();
  if (!path) return response.writeHead(status).end();
  response.writeHead(status, { "content-type": contentType(path) });
  if (request.method === "HEAD") return response.end();
  createReadStream(join(site.root, path)).pipe(response);
}

/** What is at an address: a file, a redirect to the folder that was meant, or the 404 page. */
function answer(site, address) {
  if (site.files.has(address)) return { status: 200, path: site.files.get(address) };
  const folder = address.endsWith("/index.html") ? address.slice(0, -"index.html".length) : `${address}/`;
  if (site.files.has(folder)) return { status: 301, location: folder };
  return { status: 404, path: address.startsWith(site.base) && site.files.get(`${site.base}404.html`) };
}

function contentType(path) {
  return CONTENT_TYPES[extname(path)] ?? "application/octet-stream";
}
