import assert from "node:assert/strict";
import { decode, encode, request, sign } from "./wire.ts";

const utf8 = new TextEncoder();

Deno.test("sign is HMAC-SHA256 over the frames together (RFC 4231, cases 1 and 2)", () => {
  assert.equal(
    sign("Jefe", [utf8.encode("what do ya want "), utf8.encode("for nothing?")]),
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  );
  assert.equal(
    sign("\x0b".repeat(20), [utf8.encode("Hi There")]),
    "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
  );
});

Deno.test("an empty key means unsigned messages", () => {
  assert.equal(sign("", [utf8.encode("anything")]), "");
});

Deno.test("decode gives back what encode was given, behind routing identities too", () => {
  const message = request("execute_request", { code: "1 + 1 // ✓" }, "session");
  const frames = encode(message, "key");
  assert.deepEqual(decode(frames, "key"), message);
  assert.deepEqual(decode([utf8.encode("identity"), ...frames], "key"), message);
});

Deno.test("decode refuses a changed message, another key, and what is no message", () => {
  const frames = encode(request("execute_request", { code: "1" }, "session"), "key");
  const changed = frames.with(5, utf8.encode('{"code":"2"}'));
  assert.throws(() => decode(changed, "key"), /wrong signature/);
  assert.throws(() => decode(frames, "other"), /wrong signature/);
  assert.throws(() => decode(frames.slice(0, 4), "key"), /cut short/);
  assert.throws(() => decode([utf8.encode("noise")], "key"), /delimiter/);
});
