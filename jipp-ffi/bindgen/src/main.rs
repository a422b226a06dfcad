//! Writes the Kotlin and Swift sources for the library.

fn main() {
    uniffi::uniffi_bindgen_main();
}
