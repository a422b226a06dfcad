// A recipe: how the same Kotlin sources become an Android library (AAR). It was not run here, since there was neither an
// Android SDK nor an NDK. Copy this folder beside `src/main/kotlin`, build the native libraries first (see GUIDE.md),
// and put them in src/main/jniLibs/<abi>/libjipp_ffi.so.
plugins {
    id("com.android.library") version "8.7.3"
    kotlin("android") version "2.2.20"
}

android {
    namespace = "jipp"
    compileSdk = 35
    defaultConfig {
        minSdk = 24
        consumerProguardFiles("consumer-rules.pro")
        ndk { abiFilters += listOf("arm64-v8a", "armeabi-v7a", "x86_64") }
    }
    compileOptions {
        // java.time below API 26.
        isCoreLibraryDesugaringEnabled = true
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
    sourceSets["main"].kotlin.srcDir("../src/main/kotlin")
    // Pages of 16 KiB: the libraries are linked for them (see .cargo/config.toml); packed uncompressed they stay aligned.
    packaging { jniLibs { useLegacyPackaging = false } }
}

dependencies {
    coreLibraryDesugaring("com.android.tools:desugar_jdk_libs:2.1.3")
    implementation("net.java.dev.jna:jna:5.18.1@aar")
}
