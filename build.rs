//! Tells Cargo to embed the default theme anew when a file is added to it.
fn main() {
    println!("cargo::rerun-if-changed=themes/default");
}
