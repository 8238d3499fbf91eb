/** A certificate for localhost that nobody trusts but who is told to, for tests of encrypted channels. Good for a hundred years. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUZFNWytAGP0BLmCvI3GbapwT/YqgwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjIzMzk1MFoYDzIxMjYxMDI5
MjMzOTUwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAR9fSD4o0idB9tbksmB/PVxSBf1O1X9XrZE+Q1+3VBRD7fzHiyOSs+n
kZyyUfyVZVYnkgsAlF6yq0AEaENBSX0Ao28wbTAdBgNVHQ4EFgQUqMWiT5Xwlr2G
TnAwh46KZ2hrUrwwHwYDVR0jBBgwFoAUqMWiT5Xwlr2GTnAwh46KZ2hrUrwwGgYD
VR0RBBMwEYIJbG9jYWxob3N0hwR/AAABMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZI
zj0EAwIDSAAwRQIgIAgpUwLE43n54LNp5hTmh7/zkoeXKWV9TGko420yMMICIQDC
YuXXM0d4Uln8uMZ+HY9MMujfqup24n4gx8EgEcxnDw==
-----END CERTIFICATE-----`;

/** Its key, which guards nothing. */
export const certificateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgzjQl8aKqGGtxFBpv
GbINB+z5RF35HyogQ5v35eCjsvyhRANCAAR9fSD4o0idB9tbksmB/PVxSBf1O1X9
XrZE+Q1+3VBRD7fzHiyOSs+nkZyyUfyVZVYnkgsAlF6yq0AEaENBSX0A
-----END PRIVATE KEY-----`;
